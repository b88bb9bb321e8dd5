"""A change of a contract previewed, then really done, then compared to the cent; the preview writes nothing
(PREVIEW-1)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from google.type.date_pb2 import Date
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.chassis.database import outbox
from services.kernel.care import Arrangement
from services.voucher.domain.neighbours.plan import PlanCopy
from services.voucher.domain.outlook.contract_preview import ContractNotFound, Effect, Hypothesis, Impact, sums_of
from services.voucher.domain.spending.commitment import Commitment
from services.voucher.domain.vouchers.refusals import NoServiceLine
from services.voucher.domain.vouchers.states import State
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.outlook.preview_contract_change import preview_contract_change
from services.voucher.operations.spending.follow_plan import follow_plan
from services.voucher.storage.neighbours import plan, provider
from services.voucher.storage.spending.commitment import commitment_of_service, load_commitment
from sote.provider.v1 import contract_pb2
from sote.provider.v1 import events_pb2 as events
from sote.type.v1 import money_pb2
from tests.builders.voucher import vouchers as samples
from tests.builders.voucher.county import COUNTY
from tests.builders.voucher.inpatient import P08_PRICE, P09_PRICE, Ward
from tests.builders.voucher.planned import RulesBus

pytestmark = pytest.mark.integration

APRIL_10, APRIL_14 = date(2025, 4, 10), date(2025, 4, 14)


@pytest.fixture
def ward(session: Callable[[str], Session]) -> Ward:
    return Ward(session("voucher")).opened()


def preview(ward: Ward, **change: object) -> list[Impact]:
    """What a change of P08's contract would do."""
    hypothesis = Hypothesis(**change)  # type: ignore[arg-type]
    found = preview_contract_change(ward.session, contract_id=ward.contract, change=hypothesis, now=ward.now)
    return list(found)


def told(ward: Ward, *, price: int = P08_PRICE, lines: bool = True, state: str = "ACTIVE") -> events.ContractFacts:
    """P08's contract as its owner tells it after the change."""
    line = contract_pb2.ServiceLineFacts(
        service_code=ward.service, unit_price=money_pb2.Money(cents=price), voucher=True
    )
    return events.ContractFacts(
        contract_id=str(ward.contract),
        provider_id=str(ward.coach),
        state=contract_pb2.ContractState.Value(f"CONTRACT_STATE_{state}"),
        valid_from=Date(year=2025, month=1, day=1),
        valid_to=Date(year=2025, month=12, day=31),
        lines=[line] if lines else [],
        version=9,
    )


def bound(ward: Ward, voucher: Voucher) -> int:
    """What is bound and spent for it."""
    balance = ward.balance(voucher)
    return balance.bound + balance.spent


def at_work(ward: Ward) -> Voucher:
    """Eight of 28 days are claimed by 10 April."""
    voucher = ward.at_p08()
    ward.on(APRIL_10).days(voucher, date(2025, 4, 2), 8)
    return voucher


def moved_to_the_cheapest(ward: Ward, voucher: Voucher) -> int:
    """The client chooses P09; what is bound then."""
    assert voucher.state is State.REROUTING
    ward.guide(voucher)
    ward.choose(voucher, provider_id=ward.p09)
    return bound(ward, voucher)


def test_a_removed_line_previewed_and_done_PREVIEW_1(ward: Ward) -> None:
    voucher = at_work(ward)
    before = bound(ward, voucher)
    (impact,) = preview(ward, removed=frozenset({ward.service}))
    assert (impact.effect, impact.id, impact.client_id) == (Effect.MUST_CHOOSE_ANEW, voucher.id, ward.client_id)
    assert (impact.units, impact.other_providers, impact.delta) == (20, 1, 20 * (P09_PRICE - P08_PRICE))
    removed = events.ContractLineChanged(contract=told(ward, lines=False), removed_service_codes=[ward.service])
    RulesBus().on_contract_line_changed(ward.session, removed, ward.now)
    assert voucher.units_left == impact.units
    assert moved_to_the_cheapest(ward, voucher) - before == impact.delta
    assert ward.proved()


def test_an_end_date_previewed_and_done_with_the_units_held_until_then_PREVIEW_1(ward: Ward) -> None:
    voucher = at_work(ward)
    before = bound(ward, voucher)
    (impact,) = preview(ward, end_date=APRIL_14 - timedelta(days=1))
    assert (impact.units, impact.delta) == (16, 16 * (P09_PRICE - P08_PRICE))
    ended = events.ContractTerminated(
        contract=told(ward, state="TERMINATED"), effective_date=Date(year=2025, month=4, day=14)
    )
    RulesBus().on_contract_over(ward.session, ended, ward.now)
    assert (voucher.units_held, voucher.units_left) == (4, impact.units)
    assert moved_to_the_cheapest(ward, voucher) - before == impact.delta


def test_a_voucher_that_ends_before_the_contract_is_not_touched_PREVIEW_1(ward: Ward) -> None:
    at_work(ward)
    assert preview(ward, end_date=date(2025, 5, 15)) == []


def test_a_price_touches_only_who_still_has_to_choose_PREVIEW_1(ward: Ward) -> None:
    voucher = at_work(ward)
    assert preview(ward, prices={ward.service: 220_00}) == []
    other = Ward(ward.session, client_id=uuid4(), decision_id=uuid4(), coach=ward.coach, enterprise=ward.enterprise)
    other.on(date(2025, 3, 26)).tell_client()
    other.grant(units=28, first=date(2025, 4, 2), last=date(2025, 5, 15))
    waiting = other.issue(other.draft())
    ward.on(date(2025, 3, 27))
    (impact,) = preview(ward, prices={ward.service: 220_00})
    assert (impact.id, impact.effect, impact.units) == (waiting.id, Effect.OPTION_PRICE, 28)
    assert impact.delta == 28 * (220_00 - P08_PRICE)
    assert sums_of([impact])[0].delta == 0
    agreed = bound(ward, voucher)
    changed = events.ContractLineChanged(contract=told(ward, price=220_00))
    RulesBus().on_contract_line_changed(ward.session, changed, ward.now)
    other.on(date(2025, 3, 27)).guide(waiting)
    other.choose(waiting)
    assert other.balance(waiting).committed - 28 * P08_PRICE == impact.delta
    assert bound(ward, voucher) == agreed


def test_a_price_above_the_value_loses_the_option_as_the_choice_does_PREVIEW_1(ward: Ward) -> None:
    ward.on(date(2025, 3, 26))
    waiting = ward.issue(ward.draft())
    (impact,) = preview(ward, prices={ward.service: P09_PRICE + 1})
    assert (impact.effect, impact.other_providers) == (Effect.OPTION_LOST, 1)
    RulesBus().on_contract_line_changed(
        ward.session, events.ContractLineChanged(contract=told(ward, price=P09_PRICE + 1)), ward.now
    )
    ward.guide(waiting)
    with pytest.raises(Exception, match="price"):
        ward.choose(waiting)


def test_who_has_nobody_else_is_told_apart_PREVIEW_1(ward: Ward) -> None:
    at_work(ward)
    (other,) = (one for one in provider.contracts_of(ward.session, ward.p09) if one.state == "ACTIVE")
    provider.keep_contract(ward.session, replace(other, state="SUSPENDED", version=99))
    (impact,) = preview(ward, removed=frozenset({ward.service}))
    assert (impact.other_providers, impact.delta) == (0, 0)
    (line,) = sums_of([impact])
    assert (line.must_choose, line.without_other, line.touched) == (1, 1, 1)


def purchased(ward: Ward) -> Commitment:
    """A purchase of ten units by P08's contract, two of them delivered."""
    service = replace(
        samples.plan_service(),
        plan_service_id=uuid4(),
        plan_id=uuid4(),
        client_id=ward.client_id,
        service_code=ward.service,
        arrangement=Arrangement.PURCHASE,
        state="ASSIGNED",
        provider_id=ward.coach,
        contract_id=ward.contract,
        units=10,
        from_date=date(2025, 4, 1),
        to_date=date(2025, 4, 30),
    )
    copy = PlanCopy(service.plan_id, ward.client_id, "ACTIVE", 1)
    plan.keep_plan(ward.session, copy, [service])
    follow_plan(ward.session, plan_id=service.plan_id, county=COUNTY, now=ward.now)
    commitment_id = commitment_of_service(ward.session, service.plan_service_id)
    assert commitment_id is not None
    found = load_commitment(ward.session, commitment_id)
    assert found is not None
    return found


def test_a_commitment_needs_another_provider_for_what_is_not_delivered_PREVIEW_1(ward: Ward) -> None:
    commitment = purchased(ward.on(APRIL_10))
    (impact,) = preview(ward, removed=frozenset({ward.service}))
    assert (impact.commitment, impact.id, impact.effect) == (True, commitment.id, Effect.COMMITMENT_MOVES)
    assert (impact.units, impact.other_providers, impact.delta) == (10, 1, 10 * (P09_PRICE - P08_PRICE))


@pytest.mark.parametrize(("clause", "touched"), [("FOLLOW_PLAN", 1), ("PACKAGE_LINK", 0), ("REFERRAL", 0)])
def test_a_dropped_clause_touches_what_rests_on_it_PREVIEW_1(ward: Ward, clause: str, touched: int) -> None:
    purchased(ward.on(APRIL_10))
    found = preview(ward, dropped=frozenset({clause}))
    assert [one.effect for one in found] == [Effect.CLAUSE_MISSING] * touched


def test_a_preview_writes_nothing_and_knows_its_contract_PREVIEW_1(ward: Ward) -> None:
    voucher = at_work(ward)
    ward.session.flush()
    count = select(func.count()).select_from(outbox)
    before = (ward.session.execute(count).scalar_one(), voucher.version)
    preview(ward, removed=frozenset({ward.service}), end_date=APRIL_14, dropped=frozenset({"PACKAGE_LINK"}))
    assert not ward.session.dirty
    assert not ward.session.new
    assert (ward.session.execute(count).scalar_one(), voucher.version) == before
    with pytest.raises(NoServiceLine):
        preview(ward, prices={"HLT-OT": 1})
    with pytest.raises(ContractNotFound):
        preview_contract_change(ward.session, contract_id=UUID(int=1), change=Hypothesis(), now=ward.now)
