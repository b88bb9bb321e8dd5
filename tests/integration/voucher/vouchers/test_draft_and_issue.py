"""Draft (VOUCHER-1) and issue (VOUCHER-2) on a real database: grounds, plan, overlap, number, budget."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from services.kernel.refusal import IllegalTransition
from services.voucher.domain.neighbours.client import ClientCopy
from services.voucher.domain.neighbours.plan import PlanCopy
from services.voucher.domain.purse.ledger import Balance, BudgetExhausted
from services.voucher.domain.vouchers.refusals import (
    ClientClosed,
    DecisionMissing,
    IssuerNotAllowed,
    OutsideValidity,
    OverlappingVoucher,
    PlanRequired,
    VoucherNotEnabled,
)
from services.voucher.domain.vouchers.states import State
from services.voucher.operations.vouchers.refuse_voucher import refuse_voucher
from services.voucher.storage.neighbours import client, plan, provider
from tests.builders.voucher import vouchers as samples
from tests.builders.voucher.county import World

pytestmark = pytest.mark.integration


def test_a_draft_takes_units_and_period_from_the_decision_VOUCHER_1(world: World) -> None:
    draft = world.draft()
    assert (draft.state, draft.units_granted, draft.max_value) == (State.DRAFT, 15, 1275_00)
    assert (draft.valid_from, draft.valid_to, draft.claim_until) == (
        date(2025, 3, 1),
        date(2025, 3, 31),
        date(2025, 4, 30),
    )
    assert (draft.county_scheme, draft.county_code) == ("MAAKUNTA_2017", "06")
    assert world.balance(draft) == Balance()
    assert world.facts(draft) == ["VoucherDrafted"]


def test_numbers_follow_one_another_within_a_year_IDENTIFIER_4(world: World) -> None:
    first = world.draft(units=1, valid_to=date(2025, 3, 5))
    second = world.draft(units=1, valid_from=date(2025, 3, 6))
    assert first.number.startswith("V-06-2025-")
    assert int(second.number[-6:]) == int(first.number[-6:]) + 1


def test_an_issuer_of_another_organisation_is_refused_S2_16(world: World) -> None:
    for organisation in (world.coach, uuid4(), None):
        with pytest.raises(IssuerNotAllowed):
            world.draft(official=replace(world.official, organisation_id=organisation))


def test_the_copies_decide_INV_04_INV_16(world: World) -> None:
    with pytest.raises(DecisionMissing):
        world.draft(decision_id=uuid4())
    with pytest.raises(DecisionMissing):
        world.draft(units=16)
    provider.keep_catalogue(world.session, replace(samples.catalogue(), arrangements=("OWN",), version=2))
    with pytest.raises(VoucherNotEnabled):
        world.draft()
    provider.keep_catalogue(world.session, replace(samples.catalogue(), version=3))
    client.keep_client(world.session, ClientCopy(world.client_id, "DECEASED", (), 2))
    with pytest.raises(ClientClosed):
        world.draft()


def test_an_overlapping_voucher_is_refused_and_the_day_after_is_not_S2_17(world: World) -> None:
    world.draft(units=1, valid_to=date(2025, 3, 10))
    with pytest.raises(OverlappingVoucher):
        world.draft(units=1, valid_from=date(2025, 3, 10))
    world.draft(units=1, valid_from=date(2025, 3, 11))


def test_the_constraint_holds_where_two_come_at_once_S2_17(world: World) -> None:
    one = world.draft(units=1, valid_to=date(2025, 3, 10))
    twin = samples.voucher(
        client_id=world.client_id, valid_from=one.valid_to, valid_to=date(2025, 3, 20), number="V-06-2025-999999"
    )
    world.session.add(twin)
    with pytest.raises(IntegrityError, match="ex_voucher_overlap"):
        world.session.flush()


def test_an_ended_voucher_is_no_hindrance_S2_17(world: World) -> None:
    issued = world.issue(world.draft())
    refuse_voucher(world.session, voucher_id=issued.id, by_client=world.client_id, now=world.now)
    world.draft()


def test_a_flagged_client_needs_a_plan_PLAN_19(world: World) -> None:
    world.tell_client("WIDE_RANGE", version=2)
    with pytest.raises(PlanRequired):
        world.draft()


def test_a_second_granted_service_needs_a_plan_at_draft_and_at_issue_PLAN_19(world: World) -> None:
    draft = world.draft(units=1, valid_to=date(2025, 3, 5))
    world.grant_second()
    with pytest.raises(PlanRequired):
        world.draft(units=1, valid_from=date(2025, 3, 6))
    with pytest.raises(PlanRequired):
        world.issue(draft)
    world.issue(draft, urgent_reason="cannot wait")


def test_sixty_days_need_a_plan_and_fifty_nine_do_not_PLAN_19(world: World) -> None:
    world.extend_decision(date(2025, 12, 31))
    with pytest.raises(PlanRequired):
        world.draft(valid_to=date(2025, 4, 29))
    world.draft(valid_to=date(2025, 4, 28))


def test_a_plan_clients_voucher_funds_the_service_that_awaits_a_choice_VOUCHER_1_S1_27(world: World) -> None:
    service = world.plan(units=12, from_date=date(2025, 3, 5), to_date=date(2025, 3, 25))
    draft = world.draft()
    assert (draft.plan_id, draft.plan_service_id) == (service.plan_id, service.plan_service_id)
    assert (draft.units_granted, draft.valid_from, draft.valid_to) == (12, date(2025, 3, 5), date(2025, 3, 25))


def test_a_service_of_the_plan_that_awaits_nothing_is_refused_VOUCHER_1(world: World) -> None:
    service = world.plan(state="DRAFT")
    plan.keep_plan(
        world.session, PlanCopy(service.plan_id, world.client_id, "DRAFT", 2), [replace(service, state="PLANNED")]
    )
    for asked in (None, service.plan_service_id, uuid4()):
        with pytest.raises(PlanRequired):
            world.draft(plan_service_id=asked)


def test_issue_reserves_the_whole_value_VOUCHER_2(world: World) -> None:
    issued = world.issue(world.draft())
    assert issued.state is State.ISSUED
    assert world.balance(issued) == Balance(reserved=1275_00)
    assert world.facts(issued) == ["VoucherDrafted", "VoucherIssued"]
    assert issued.version == 2
    with pytest.raises(IllegalTransition):
        world.issue(issued)


def test_without_money_it_stays_a_draft_PROCESS_A5(world: World) -> None:
    world.session.execute(provider.catalogue.delete())
    provider.keep_catalogue(world.session, replace(samples.catalogue(), reference_price_cents=7000_00))
    draft = world.draft()
    with pytest.raises(BudgetExhausted), world.session.begin_nested():
        world.issue(draft)
    world.session.refresh(draft)
    assert (draft.state, world.balance(draft)) == (State.DRAFT, Balance())


def test_the_plan_must_be_in_force_or_the_case_urgent_VOUCHER_2(world: World) -> None:
    service = world.plan()
    draft = world.draft()
    plan.keep_plan(world.session, PlanCopy(service.plan_id, world.client_id, "CONSULTATION", 2), [service])
    with pytest.raises(PlanRequired):
        world.issue(draft)
    assert world.issue(draft, urgent_reason="cannot wait").urgent_reason == "cannot wait"


def test_a_draft_whose_period_is_over_is_not_issued_VOUCHER_2(world: World) -> None:
    draft = world.draft()
    world.extend_decision(date(2025, 4, 30)).on(date(2025, 4, 1))
    with pytest.raises(OutsideValidity):
        world.issue(draft)


def test_a_draft_on_an_expired_decision_is_not_issued_VOUCHER_2(world: World) -> None:
    draft = world.draft()
    world.on(date(2025, 4, 1))
    with pytest.raises(DecisionMissing):
        world.issue(draft)


def test_a_refused_voucher_gives_everything_back_VOUCHER_3(world: World) -> None:
    issued = world.issue(world.draft())
    refused = refuse_voucher(world.session, voucher_id=issued.id, by_client=None, now=world.now)
    assert refused.state is State.REFUSED
    assert world.balance(refused) == Balance()
    assert world.facts(refused)[-1] == "VoucherRefused"


def test_the_section_shows_every_voucher_of_the_client(world: World) -> None:
    world.draft(units=1, valid_to=date(2025, 3, 5))
    world.issue(world.draft(units=2, valid_from=date(2025, 3, 6)))
    shown = world.section().vouchers
    assert [(one.units_granted, one.money.max_value.cents) for one in shown] == [(1, 85_00), (2, 170_00)]
