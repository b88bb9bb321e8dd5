"""Providers that refuse the plan, decline or give up: the voucher leaves them, the list leaves them out
(VOUCHER-9, PROCESS-E2)."""

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from services.kernel.refusal import IllegalTransition
from services.voucher.domain.claims.rerouting import RerouteCause
from services.voucher.domain.purse.ledger import Balance
from services.voucher.domain.vouchers.reasons import DeclineReason
from services.voucher.domain.vouchers.refusals import PlanRequired
from services.voucher.domain.vouchers.states import State
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.choices.decline_voucher import decline_voucher
from services.voucher.operations.choices.list_eligible_providers import list_eligible_providers
from services.voucher.operations.choices.stay_with_provider import stay_with_provider
from services.voucher.storage.claims.reroute import reroutes_of
from sote.careplan.v1 import events_pb2 as careplan
from sote.careplan.v1 import reroute_pb2
from tests.builders.voucher.inpatient import Ward
from tests.builders.voucher.planned import Planned, RulesBus

pytestmark = pytest.mark.integration
CASE, OTHER = UUID(int=81), UUID(int=82)


@pytest.fixture
def plan(session: Callable[[str], Session]) -> Planned:
    """The coaching of a plan, with a second coach at 80.00."""
    planned = Planned(session("voucher")).planned()
    planned.add_coach(OTHER, price=80_00)
    return planned


def opened(plan: Planned, voucher: Voucher, version: int = 1, who: UUID | str | None = None) -> None:
    """The careplan service tells that another provider is sought: `who` refused the plan, the coach if None."""
    case = careplan.RerouteCaseFacts(
        reroute_case_id=str(CASE),
        client_id=str(plan.client_id),
        plan_id=str(plan.plan_id),
        plan_service_id=str(plan.service_id),
        voucher_id=str(voucher.id),
        cause=reroute_pb2.REROUTE_CASE_CAUSE_PLAN_REFUSED,
        refusing_provider_id=str(plan.coach if who is None else who),
        version=version,
    )
    RulesBus().on_reroute_opened(plan.session, careplan.RerouteOpened(reroute_case=case), plan.now)


def offered(plan: Planned, voucher: Voucher) -> set[str]:
    listed = list_eligible_providers(plan.session, voucher_id=voucher.id, by_client=None, now=plan.now)
    return {one.provider_id for one in listed.providers}


def test_the_voucher_leaves_who_refused_the_plan_as_of_today_and_once_PROCESS_E3_VOUCHER_9(plan: Planned) -> None:
    voucher = plan.on(date(2025, 3, 11)).accepted()
    for _ in range(2):
        opened(plan, voucher)
    (left,) = reroutes_of(plan.session, voucher.id)
    assert (voucher.state, voucher.provider_id) == (State.REROUTING, None)
    assert (left.provider_id, left.cause, left.cut_off) == (plan.coach, RerouteCause.PROVIDER_QUIT, date(2025, 3, 11))
    assert left.units_held == voucher.units_held == 5
    assert plan.balance(voucher) == Balance(reserved=10 * 82_00, committed=5 * 82_00)
    assert plan.facts(voucher)[-2:] == ["VoucherActivated", "VoucherRerouteStarted"]
    assert Ward.proved(plan)  # type: ignore[arg-type]  # any world has a session


def test_who_refused_before_accepting_holds_nothing_PROCESS_E3(plan: Planned) -> None:
    voucher = plan.issued()
    plan.guide(voucher)
    opened(plan, plan.choose(voucher))
    assert (voucher.state, voucher.units_held) == (State.REROUTING, 0)


@pytest.mark.parametrize("who", ["", OTHER])
def test_a_search_for_another_reason_or_from_another_provider_moves_nothing_PROCESS_E3(
    plan: Planned, who: UUID | str
) -> None:
    voucher = plan.accepted()
    opened(plan, voucher, who=who)
    assert (voucher.state, voucher.provider_id) == (State.ACTIVE, plan.coach)


@pytest.mark.parametrize("end", [State.ISSUED, State.REROUTING, State.REFUSED, State.REVOKED, State.EXPIRED])
def test_a_voucher_that_is_at_nobody_hears_of_the_search_and_moves_nothing_PROCESS_E3_PROCESS_C7(
    plan: Planned, end: State
) -> None:
    voucher = plan.issued()
    voucher.state = end
    told = plan.facts(voucher)
    opened(plan, voucher)
    assert (voucher.state, plan.facts(voucher)) == (end, told)


def test_a_voucher_past_its_last_day_is_left_to_end_PROCESS_E3(plan: Planned) -> None:
    voucher = plan.accepted()
    opened(plan.on(date(2025, 4, 1)), voucher)
    assert voucher.state is State.ACTIVE


def test_a_client_who_insists_gets_that_provider_and_old_news_takes_nothing_away_PROCESS_E2(plan: Planned) -> None:
    voucher = plan.accepted()
    opened(plan, voucher)
    assert offered(plan, voucher) == {str(OTHER)}
    plan.choose(voucher, provider_id=plan.coach)
    opened(plan, voucher)
    assert (voucher.state, voucher.provider_id) == (State.RESERVED, plan.coach)
    opened(plan, voucher, version=5)
    assert voucher.state is State.REROUTING


def test_the_next_provider_refuses_the_plan_too_PROCESS_E3(plan: Planned) -> None:
    voucher = plan.accepted()
    opened(plan, voucher)
    plan.choose(voucher, provider_id=OTHER)
    opened(plan, voucher, version=4, who=OTHER)
    assert (voucher.state, offered(plan, voucher)) == (State.REROUTING, set())
    assert [one.provider_id for one in reroutes_of(plan.session, voucher.id)] == [plan.coach, OTHER]


def test_nobody_stays_with_who_gave_the_client_up_VOUCHER_10(plan: Planned) -> None:
    voucher = plan.accepted()
    opened(plan, voucher)
    with pytest.raises(IllegalTransition, match="that its provider gave up"):
        stay_with_provider(plan.session, voucher_id=voucher.id, by_client=None, rules=plan.rules, now=plan.now)


def test_who_declined_is_not_offered_again_unless_the_client_insists_VOUCHER_6_PROCESS_E2(plan: Planned) -> None:
    voucher = plan.issued()
    plan.guide(voucher)
    assert offered(plan, voucher) == {str(plan.coach), str(OTHER)}
    plan.choose(voucher)
    why = DeclineReason.CAPACITY
    decline_voucher(plan.session, voucher_id=voucher.id, provider_id=plan.coach, reason=why, now=plan.now)
    assert offered(plan, voucher) == {str(OTHER)}
    assert plan.choose(voucher).provider_id == plan.coach


def test_who_let_the_time_pass_is_not_offered_again_VOUCHER_6_PROCESS_E3(plan: Planned) -> None:
    voucher = plan.issued()
    plan.guide(voucher)
    plan.choose(voucher)
    assert plan.pass_time(date(2025, 3, 11)) == 1
    assert (voucher.state, offered(plan, voucher)) == (State.ISSUED, {str(OTHER)})


@pytest.mark.parametrize("end", [State.REFUSED, State.REVOKED, State.EXPIRED, State.SETTLED, State.CLOSING])
def test_a_take_over_of_a_voucher_that_has_ended_does_nothing_PROCESS_C7(plan: Planned, end: State) -> None:
    voucher = plan.issued()
    voucher.state = end
    told = plan.facts(voucher)
    for voucher_id in (str(voucher.id), ""):
        case = careplan.RerouteCaseFacts(
            reroute_case_id=str(CASE), plan_service_id=str(plan.service_id), voucher_id=voucher_id, version=3
        )
        RulesBus().on_county_takes_over(plan.session, careplan.RerouteCountyTakesOver(reroute_case=case), plan.now)
    assert (voucher.state, plan.facts(voucher)) == (end, told)


def test_a_plan_without_the_items_of_an_enrolment_is_kept_and_older_news_of_it_is_not_ENROLMENT_7(
    plan: Planned,
) -> None:
    removed = careplan.EnrolmentItemsRemoved(enrolment_id=str(uuid4()), plan=plan.facts_of(1, state="CANCELLED"))
    older = careplan.EnrolmentItemsPlanned(enrolment_id=str(uuid4()), plan=plan.facts_of(1, fact_version=1))
    for _ in range(2):
        RulesBus().on_plan_services_changed(plan.session, removed, plan.now)
    RulesBus().on_plan(plan.session, older, plan.now)
    with pytest.raises(PlanRequired):
        plan.draft(plan_service_id=plan.service_id)
