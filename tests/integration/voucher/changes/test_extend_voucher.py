"""A voucher is extended (VOUCHER-16); drafts end by the clock; who has not chosen, and what is stuck, waits for a
person."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.etags import VersionConflict
from services.chassis.work import item_from, open_items
from services.kernel.refusal import IllegalTransition
from services.voucher.bus import VoucherBus
from services.voucher.domain.changes.amendment import NothingToExtend
from services.voucher.domain.neighbours.client import DecisionCopy
from services.voucher.domain.purse.ledger import Balance
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.refusals import (
    ClientClosed,
    DecisionMissing,
    IssuerNotAllowed,
    OutsideValidity,
    OverlappingVoucher,
    PlanRequired,
)
from services.voucher.domain.vouchers.states import State
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.domain.vouchers.work import WorkKind, WorkNotFound
from services.voucher.operations.changes.extend_voucher import extend_voucher
from services.voucher.operations.purse import ledger
from services.voucher.operations.purse.ledger import BudgetExhausted
from services.voucher.operations.vouchers.finish_voucher_work import finish_voucher_work
from services.voucher.operations.vouchers.voucher import money_of
from services.voucher.storage.neighbours import client
from services.voucher.storage.purse.budget import budgets, lines, sources
from tests.builders.voucher.county import World
from tests.builders.voucher.inpatient import Ward
from tests.builders.voucher.planned import Planned

pytestmark = pytest.mark.integration
VALUE, PRICE = 85_00, 82_00
APRIL = date(2025, 4, 30)


@pytest.fixture
def wide(world: World) -> World:
    """The decision grants twenty sessions until the end of April."""
    copy = (world.decision_id, world.assessment_id, world.client_id, world.service, "GRANTED", 20)
    client.keep_decision(world.session, DecisionCopy(*copy, date(2025, 3, 1), APRIL, 2))
    return world


def extend(world: World, voucher: Voucher, **changes: Any) -> Voucher:
    """VOUCHER-16, to twenty units."""
    arguments: dict[str, Any] = {
        "units": 20,
        "valid_to": None,
        "decision_id": None,
        "official": world.official,
        "rules": world.rules,
        "now": world.now,
    }
    return extend_voucher(world.session, voucher_id=voucher.id, **arguments | changes)


def proved(world: World) -> bool:
    return Ward.proved(world)  # type: ignore[arg-type]  # any world has a session


def test_before_the_choice_the_value_is_reserved_VOUCHER_16(wide: World) -> None:
    voucher = wide.issue(wide.draft(units=15, valid_to=date(2025, 3, 31)))
    extend(wide, voucher, valid_to=APRIL)
    assert (voucher.state, voucher.units_granted, voucher.valid_to) == (State.ISSUED, 20, APRIL)
    assert voucher.claim_until == APRIL + timedelta(days=30)
    assert wide.balance(voucher) == Balance(reserved=20 * VALUE)
    assert wide.facts(voucher)[-1] == "VoucherExtended"
    assert proved(wide)


def test_at_a_provider_its_price_is_committed_VOUCHER_16(wide: World) -> None:
    voucher = wide.issue(wide.draft(units=15, valid_to=date(2025, 3, 31)))
    wide.guide(voucher)
    wide.choose(voucher)
    extend(wide, voucher)
    assert (voucher.state, wide.balance(voucher)) == (State.RESERVED, Balance(committed=20 * PRICE))
    assert proved(wide)


def year_of(world: World, voucher: Voucher, year: int) -> Balance:
    """What the voucher holds on the lines of a year."""
    columns = (sources.c.reserved, sources.c.committed, sources.c.spent)
    query = (
        select(*columns).join(lines, lines.c.id == sources.c.line_id).join(budgets, budgets.c.id == lines.c.budget_id)
    )
    found = query.where(sources.c.source_id == voucher.id, budgets.c.fiscal_year == year)
    return Balance(*map(sum, zip(*world.session.execute(found).all(), strict=True)))


@pytest.mark.parametrize("chosen", [False, True])
def test_an_extension_into_the_next_year_is_bound_there_VOUCHER_16(world: World, chosen: bool) -> None:
    copy = (world.decision_id, world.assessment_id, world.client_id, world.service, "GRANTED", 20)
    first, last = date(2025, 12, 15), date(2026, 1, 31)
    client.keep_decision(world.session, DecisionCopy(*copy, first, last, 2))
    world.add_coach(world.coach, valid_to=date(2026, 12, 31))
    world.budget(100_000_00, year=2026)
    voucher = world.issue(world.draft(units=10, valid_from=first, valid_to=date(2025, 12, 31)))
    if chosen:
        world.guide(voucher)
        world.choose(voucher)
    extend(world, voucher, units=16, valid_to=last)
    if chosen:
        assert year_of(world, voucher, 2025) == Balance(committed=10 * PRICE)
        assert year_of(world, voucher, 2026) == Balance(committed=6 * PRICE)
    else:
        assert year_of(world, voucher, 2025) == Balance(reserved=6 * VALUE)
        assert year_of(world, voucher, 2026) == Balance(reserved=10 * VALUE)
    assert proved(world)


def test_on_a_newer_decision_VOUCHER_16(wide: World) -> None:
    voucher = wide.issue(wide.draft(units=15, valid_to=date(2025, 3, 31)))
    newer = (uuid4(), wide.assessment_id, wide.client_id, wide.service, "GRANTED", 30, date(2025, 3, 1), APRIL, 1)
    client.keep_decision(wide.session, DecisionCopy(*newer))
    with pytest.raises(DecisionMissing):
        extend(wide, voucher, units=30)
    extend(wide, voucher, units=30, decision_id=newer[0])
    assert (voucher.units_granted, voucher.decision_id) == (30, newer[0])


def another_service(world: World) -> dict[str, Any]:
    """A decision on something else."""
    other = (uuid4(), world.assessment_id, world.client_id, "HLT-OT", "GRANTED", 30, date(2025, 3, 1), APRIL, 1)
    client.keep_decision(world.session, DecisionCopy(*other))
    return {"decision_id": other[0]}


def second_voucher(world: World) -> dict[str, Any]:
    """April has its own voucher already."""
    world.issue(world.draft(units=1, valid_from=date(2025, 4, 1), valid_to=APRIL))
    return {"valid_to": APRIL}


def no_money(world: World) -> dict[str, Any]:
    """The line is used up."""
    source = ledger.Source(ledger.SourceKind.COMMITMENT, uuid4())
    cents = 100_000_00 - 15 * VALUE
    asked = {"client_id": uuid4(), "service_code": world.service, "service_date": date(2025, 3, 1)}
    ledger.reserve(world.session, source=source, amount_cents=cents, now=world.now, **asked)  # type: ignore[arg-type]
    return {}


def died(world: World) -> dict[str, Any]:
    """The client is gone."""
    world.tell_client(state="DECEASED", version=9)
    return {}


@pytest.mark.parametrize(
    ("refusal", "given"),
    [
        (NothingToExtend, lambda world: {"units": 15}),
        (NothingToExtend, lambda world: {"units": 14}),
        (NothingToExtend, lambda world: {"valid_to": date(2025, 3, 30)}),
        (DecisionMissing, lambda world: {"units": 21}),
        (DecisionMissing, lambda world: {"valid_to": date(2025, 5, 1)}),
        (DecisionMissing, another_service),
        (OutsideValidity, lambda world: {"now": world.on(date(2025, 4, 1)).now}),
        (IssuerNotAllowed, lambda world: {"official": replace(world.official, organisation_id=world.coach)}),
        (OverlappingVoucher, second_voucher),
        (BudgetExhausted, no_money),
        (ClientClosed, died),
        (VersionConflict, lambda world: {"etag": '"99"'}),
    ],
)
def test_each_refusal_leaves_the_voucher_as_it_was_VOUCHER_16(
    wide: World, refusal: type[Exception], given: Callable[[World], dict[str, Any]]
) -> None:
    voucher = wide.issue(wide.draft(units=15, valid_to=date(2025, 3, 31)))
    changes = given(wide)
    before = (voucher.version, wide.balance(voucher))
    with pytest.raises(refusal), wide.session.begin_nested():
        extend(wide, voucher, **changes)
    wide.session.refresh(voucher)
    assert (voucher.version, voucher.units_granted, wide.balance(voucher)) == (before[0], 15, before[1])


def test_an_ended_voucher_is_not_extended_VOUCHER_16(wide: World) -> None:
    voucher = wide.issue(wide.draft(units=15, valid_to=date(2025, 3, 31)))
    wide.on(date(2025, 4, 1)).pass_time(date(2025, 4, 1))
    with pytest.raises(IllegalTransition):
        extend(wide, voucher)


def test_not_beyond_the_line_of_the_plan_VOUCHER_16_INV_03(session: Callable[[str], Session]) -> None:
    plan = Planned(session("voucher")).planned()
    voucher = plan.issued()
    with pytest.raises(PlanRequired):
        extend(plan, voucher, units=16)
    plan.version(2, units=18, first=date(2025, 3, 1), last=date(2025, 3, 31))
    assert voucher.units_granted == 18


class Clock(VoucherBus):
    """The timers with the county's rules."""

    rules = Rules()


def tick(world: World, day: date) -> None:
    """The slow timer runs on that day."""
    Clock().look_after_the_waiting(world.on(day).session, world.now)


def waiting(world: World) -> list[tuple[str, str]]:
    """(kind, reason) of every open item."""
    items = [item_from(row) for row in world.session.execute(open_items(list(WorkKind)))]
    return [(item.kind, item.reason) for item in items]


def test_who_has_not_chosen_for_fourteen_days_is_on_the_list_until_the_choice_PROCESS_A7(world: World) -> None:
    voucher = world.issue(world.draft())
    tick(world, date(2025, 3, 16))
    assert waiting(world) == []
    tick(world, date(2025, 3, 17))
    tick(world, date(2025, 3, 18))
    assert waiting(world) == [("VOUCHER_CHOICE_REMINDER", "NOT_CHOSEN")]
    assert voucher.provider_id is None
    world.guide(voucher)
    world.choose(voucher)
    tick(world, date(2025, 3, 18))
    assert waiting(world) == []


def test_a_finished_reminder_does_not_come_back_PROCESS_A7(world: World) -> None:
    world.issue(world.draft())
    tick(world, date(2025, 3, 17))
    (row,) = world.session.execute(open_items([WorkKind.CHOICE_REMINDER]))
    assert finish_voucher_work(world.session, work_id=row.id, now=world.now).done_at == world.now
    tick(world, date(2025, 3, 18))
    assert waiting(world) == []
    with pytest.raises(WorkNotFound):
        finish_voucher_work(world.session, work_id=row.id, now=world.now)


def test_a_draft_that_nobody_issues_is_discarded_VOUCHER_1(world: World) -> None:
    draft = world.draft()
    tick(world, date(2025, 3, 31))
    assert world.session.get(Voucher, draft.id) is not None
    tick(world, date(2025, 4, 1))
    assert world.session.get(Voucher, draft.id) is None
    assert world.facts(draft) == ["VoucherDrafted", "VoucherDiscarded"]
    assert not world.section().vouchers


def test_a_stuck_voucher_is_tried_again_when_a_person_has_looked_PROCESS_7(world: World) -> None:
    voucher = world.issue(world.draft())
    world.guide(voucher)
    world.choose(voucher)
    ledger.release(world.session, source=money_of(voucher), amount_cents=PRICE, now=world.now)
    world.pass_time(date(2025, 3, 11))
    assert waiting(world) == [("VOUCHER_STUCK", "POSTING_REFUSED")]
    (row,) = world.session.execute(open_items([WorkKind.STUCK]))
    finish_voucher_work(world.session, work_id=row.id, now=world.now)
    world.pass_time(date(2025, 3, 11))
    assert waiting(world) == [("VOUCHER_STUCK", "POSTING_REFUSED")]
    finish_voucher_work(world.session, work_id=row.id, now=world.now)
    asked = {"client_id": world.client_id, "service_code": world.service, "service_date": date(2025, 3, 1)}
    ledger.reserve(world.session, source=money_of(voucher), amount_cents=PRICE, now=world.now, **asked)  # type: ignore[arg-type]
    ledger.commit(world.session, source=money_of(voucher), amount_cents=PRICE, now=world.now)
    assert world.pass_time(date(2025, 3, 11)) == 1
    world.session.refresh(voucher)
    assert (voucher.state, waiting(world)) == (State.ISSUED, [])
