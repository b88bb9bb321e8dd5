"""New versions of a plan reach its vouchers, their money and the people who must look (PLANBOUND-1)."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from google.type.date_pb2 import Date
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.database import work_item
from services.voucher.domain.claims.redemption import RedemptionState, RejectCode
from services.voucher.domain.purse.ledger import Balance
from services.voucher.domain.vouchers.reasons import RevokeReason
from services.voucher.domain.vouchers.refusals import PlanRequired
from services.voucher.domain.vouchers.states import State
from services.voucher.operations.purse import ledger
from services.voucher.storage.changes.plan_verdict import verdicts
from sote.careplan.v1 import events_pb2 as careplan
from sote.type.v1 import care_pb2
from tests.builders.voucher.inpatient import Ward
from tests.builders.voucher.planned import Planned, RulesBus

pytestmark = pytest.mark.integration
VALUE, PRICE = 85_00, 82_00


@pytest.fixture
def plan(session: Callable[[str], Session]) -> Planned:
    return Planned(session("voucher")).planned()


def proved(plan: Planned) -> bool:
    return Ward.proved(plan)  # type: ignore[arg-type]  # any world has a session


def judged(plan: Planned) -> list[tuple[int, str]]:
    """(version, verdict) of the one voucher, oldest first."""
    query = select(verdicts.c.major, verdicts.c.verdict).order_by(verdicts.c.major)
    return [(row.major, str(row.verdict)) for row in plan.session.execute(query)]


def reviews(plan: Planned) -> list[tuple[str, bool]]:
    """(cause, done) of every item for a person."""
    query = select(work_item.c.reason, work_item.c.done_at).order_by(work_item.c.created_at, work_item.c.reason)
    return [(row.reason, row.done_at is not None) for row in plan.session.execute(query)]


def test_KEEP_an_unchanged_line_leaves_the_voucher_as_it_is_PLANBOUND_2(plan: Planned) -> None:
    voucher = plan.issued()
    before = (voucher.version, plan.facts(voucher))
    plan.version(2)
    assert (voucher.version, plan.facts(voucher)) == before
    assert judged(plan) == [(1, "KEEP"), (2, "KEEP")]


@pytest.mark.parametrize(("units", "reserved"), [(18, 18 * VALUE), (10, 10 * VALUE)])
def test_AMEND_the_reservation_follows_the_units_PLANBOUND_3(plan: Planned, units: int, reserved: int) -> None:
    voucher = plan.issued()
    plan.version(2, units=units)
    assert (voucher.units_granted, voucher.max_value) == (units, units * VALUE)
    assert plan.balance(voucher) == Balance(reserved=reserved)
    assert plan.facts(voucher)[-1] == "VoucherAmended"
    assert proved(plan)


@pytest.mark.parametrize("units", [18, 10])
def test_AMEND_the_commitment_follows_at_the_agreed_price_PLANBOUND_3(plan: Planned, units: int) -> None:
    voucher = plan.accepted()
    plan.redeem(voucher, plan.deliver(voucher, units=3))
    plan.version(2, units=units, last=date(2025, 4, 10))
    assert (voucher.state, voucher.units_left) == (State.PARTIALLY_REDEEMED, units - 3)
    assert (voucher.valid_to, voucher.claim_until) == (date(2025, 4, 10), date(2025, 5, 10))
    assert plan.balance(voucher) == Balance(committed=units * PRICE)
    assert proved(plan)


def test_AMEND_to_what_is_used_completes_the_voucher_PLANBOUND_3(plan: Planned) -> None:
    voucher = plan.accepted()
    plan.redeem(voucher, plan.deliver(voucher, units=3))
    plan.version(2, units=2)
    assert (voucher.state, voucher.units_granted) == (State.CLOSING, 3)
    assert plan.balance(voucher) == Balance(committed=3 * PRICE)
    assert plan.facts(voucher)[-2:] == ["VoucherAmended", "VoucherFullyRedeemed"]
    assert proved(plan)


def test_AMEND_between_providers_releases_what_the_units_were_reserved_for_PLANBOUND_3(plan: Planned) -> None:
    voucher = plan.accepted()
    Ward.reroute(plan, voucher, cut_off=date(2025, 3, 4))  # type: ignore[arg-type]
    reserved = plan.balance(voucher).reserved
    plan.version(2, units=10)
    assert plan.balance(voucher).reserved == reserved - 5 * PRICE
    assert (voucher.state, voucher.units_granted) == (State.REROUTING, 10)


def test_REVIEW_asks_a_person_once_and_the_next_version_takes_its_place_PLANBOUND_4(plan: Planned) -> None:
    voucher = plan.accepted()
    plan.version(2, modes=[care_pb2.DELIVERY_MODE_AT_HOME])
    assert plan.facts(voucher)[-1] == "VoucherReviewRequested"
    assert (voucher.state, reviews(plan)) == (State.ACTIVE, [("MODE_CHANGED", False)])
    plan.version(3, modes=[care_pb2.DELIVERY_MODE_AT_HOME], units=10)
    assert (voucher.units_granted, reviews(plan)) == (10, [("MODE_CHANGED", True)])


def test_REVIEW_when_the_budget_has_not_that_much_PLANBOUND_4(plan: Planned) -> None:
    plan.budget(100_000_00, year=2026)
    voucher = plan.issued()
    taken = plan.balance(voucher)
    available = 100_000_00 - taken.reserved
    source = ledger.Source(ledger.SourceKind.COMMITMENT, uuid4())
    ledger.reserve(
        plan.session,
        source=source,
        client_id=uuid4(),
        service_code=plan.service,
        amount_cents=available,
        service_date=date(2025, 3, 1),
        now=plan.now,
    )
    plan.version(2, units=16)
    assert (voucher.units_granted, plan.balance(voucher)) == (15, taken)
    assert reviews(plan) == [("BUDGET_EXHAUSTED", False)]


def test_REVOKE_a_line_left_out_is_paid_for_the_days_of_notice_PLANBOUND_5(plan: Planned) -> None:
    voucher = plan.accepted()
    plan.on(date(2025, 3, 10)).version(2, state="CANCELLED")
    assert (voucher.state, voucher.revoke_reason) == (State.CLOSING, RevokeReason.NEED_ENDED)
    assert (voucher.cut_off, voucher.claim_until) == (date(2025, 3, 24), date(2025, 4, 23))
    inside = plan.redeem(voucher, plan.deliver(voucher, day=date(2025, 3, 24)))
    beyond = plan.redeem(voucher, plan.deliver(voucher, day=date(2025, 3, 25)))
    assert (inside.state, beyond.reject_code) == (RedemptionState.ACCEPTED, RejectCode.PLAN_LINE_SUPERSEDED)
    assert proved(plan)


def test_REVOKE_notice_runs_from_the_day_of_the_version_however_late_it_is_heard_PLANBOUND_5(plan: Planned) -> None:
    voucher = plan.accepted()
    plan.on(date(2025, 3, 17)).version(2, state="CANCELLED", since=date(2025, 3, 10))
    assert voucher.cut_off == date(2025, 3, 24)
    beyond = plan.redeem(voucher, plan.deliver(voucher, day=date(2025, 3, 25)))
    assert beyond.reject_code is RejectCode.PLAN_LINE_SUPERSEDED


def test_REVOKE_before_anybody_is_at_work_releases_everything_PLANBOUND_5(plan: Planned) -> None:
    voucher = plan.issued()
    plan.version(2, state="CANCELLED")
    assert (voucher.state, plan.balance(voucher)) == (State.REVOKED, Balance())


def test_REVOKE_a_line_the_new_version_does_not_even_know_PLANBOUND_5(plan: Planned) -> None:
    voucher = plan.accepted()
    other = plan.on(date(2025, 3, 10)).facts_of(2)
    other.services[0].plan_service_id = str(uuid4())
    RulesBus().on_version_activated(plan.session, careplan.PlanVersionActivated(plan=other), plan.now)
    assert (voucher.state, voucher.cut_off) == (State.CLOSING, date(2025, 3, 24))
    beyond = plan.redeem(voucher, plan.deliver(voucher, day=date(2025, 3, 25)))
    assert beyond.reject_code is RejectCode.PLAN_LINE_SUPERSEDED


def test_the_same_version_again_and_an_older_one_late_do_nothing_PLANBOUND_1(plan: Planned) -> None:
    voucher = plan.accepted()
    plan.version(3, units=18)
    before = (voucher.version, plan.facts(voucher), plan.balance(voucher))
    plan.version(3, units=18)
    plan.version(2, units=5, fact_version=2)
    assert (voucher.version, plan.facts(voucher), plan.balance(voucher)) == before
    assert judged(plan) == [(1, "KEEP"), (3, "AMEND")]


def test_claims_taken_before_the_news_came_are_taken_back_PLANBOUND_1(plan: Planned) -> None:
    voucher = plan.accepted()
    day = plan.deliver(voucher, day=date(2025, 3, 12))
    claim = plan.redeem(voucher, day)
    plan.on(date(2025, 3, 11)).version(2, last=date(2025, 3, 11))
    assert (claim.state, claim.reject_code) == (RedemptionState.REJECTED, RejectCode.PLAN_LINE_SUPERSEDED)
    assert (voucher.units_redeemed, voucher.valid_to) == (0, date(2025, 3, 11))
    assert plan.balance(voucher) == Balance(committed=15 * PRICE)
    assert proved(plan)


def test_an_urgent_voucher_is_judged_by_the_first_version_that_comes_into_force_PLANBOUND_1(plan: Planned) -> None:
    draft = plan.draft()
    waiting = plan.facts_of(0, plan_status="CONSULTATION")
    RulesBus().on_plan(plan.session, careplan.PlanConsultationStarted(plan=waiting), plan.now)
    voucher = plan.issue(draft, urgent_reason="cannot wait")
    assert judged(plan) == []
    plan.version(1, units=12)
    assert voucher.units_granted == 12


def test_a_draft_whose_line_was_cancelled_is_not_issued_INV_03(plan: Planned) -> None:
    draft = plan.draft()
    plan.version(2, state="CANCELLED")
    with pytest.raises(PlanRequired):
        plan.issue(draft)


def test_days_of_absence_are_refused_and_taken_back_when_told_late_PLANSERVICE_4(plan: Planned) -> None:
    voucher = plan.accepted()
    before = plan.redeem(voucher, plan.deliver(voucher, day=date(2025, 3, 5)))
    away = plan.deliver(voucher, day=date(2025, 3, 6))
    early = plan.redeem(voucher, away)
    paused: dict[str, Any] = {"plan_service_id": str(plan.service_id), "from_date": Date(year=2025, month=3, day=6)}
    suspended = careplan.PlanServiceSuspended(plan=plan.facts_of(1), **paused)
    RulesBus().on_service_paused(plan.session, suspended, plan.now)
    assert (before.state, early.reject_code) == (RedemptionState.ACCEPTED, RejectCode.CLIENT_ABSENT)
    resumed = careplan.PlanServiceResumed(plan=plan.facts_of(1), **paused, resumed_date=Date(year=2025, month=3, day=8))
    RulesBus().on_service_paused(plan.session, resumed, plan.now)
    RulesBus().on_service_paused(plan.session, suspended, plan.now)
    assert plan.redeem(voucher, away).reject_code is RejectCode.CLIENT_ABSENT
    back = plan.redeem(voucher, plan.deliver(voucher, day=date(2025, 3, 8)))
    assert (back.state, voucher.units_redeemed) == (RedemptionState.ACCEPTED, 2)
    assert proved(plan)


def test_the_county_takes_over_and_the_rest_is_released_PROCESS_C7(plan: Planned) -> None:
    voucher = plan.accepted()
    Ward.reroute(plan, voucher, cut_off=date(2025, 3, 4))  # type: ignore[arg-type]
    held = voucher.held_cents
    case = careplan.RerouteCaseFacts(
        reroute_case_id=str(uuid4()),
        client_id=str(plan.client_id),
        plan_id=str(plan.plan_id),
        plan_service_id=str(plan.service_id),
        voucher_id=str(voucher.id),
        version=3,
    )
    fact = careplan.RerouteCountyTakesOver(reroute_case=case)
    RulesBus().on_county_takes_over(plan.session, fact, plan.now)
    assert voucher.revoke_reason is RevokeReason.COUNTY_TAKES_OVER
    assert plan.balance(voucher) == Balance(committed=held)
    told = plan.facts(voucher)
    RulesBus().on_county_takes_over(plan.session, fact, plan.now)
    assert plan.facts(voucher) == told
