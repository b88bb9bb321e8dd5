"""A planned service rests while the client is away, and goes on where it was (PLANSERVICE-4)."""

from datetime import date

import pytest

from services.careplan.domain.deliveries.delivery import DeviationKind, Given, deviation_from_plan
from services.careplan.domain.pauses.pause import Pause, begin_pause
from services.careplan.domain.pauses.refusals import PauseOutsidePeriod, PauseOverlaps, ResumedTooEarly
from services.careplan.domain.plans.plan_service import PlanService
from services.careplan.domain.plans.plan_service import PlanServiceState as State
from services.kernel.care import DeliveryMode
from services.kernel.refusal import IllegalTransition
from tests.builders.careplan.plans import CLIENT, FIRST, LAST, NOW, PURCHASE, SUPPORTER, uid

AWAY, BACK = date(2025, 5, 5), date(2025, 5, 14)


def service(state: State = State.IN_DELIVERY) -> PlanService:
    made = PlanService.begin(PURCHASE, plan_id=uid(2), position=0)
    made.state = state
    return made


def rest(made: PlanService, day: date = AWAY, last: Pause | None = None) -> Pause:
    return begin_pause(made, last, day, by="somebody", now=NOW, new_id=uid(70))


@pytest.mark.parametrize(
    ("before", "promised", "after"),
    [
        (State.ASSIGNED, False, State.ASSIGNED),
        (State.ASSIGNED, True, State.ACKNOWLEDGED),
        (State.ACKNOWLEDGED, True, State.ACKNOWLEDGED),
        (State.ACKNOWLEDGED, False, State.ASSIGNED),
        (State.IN_DELIVERY, False, State.IN_DELIVERY),
    ],
)
def test_it_goes_on_where_it_was_PLANSERVICE_4(before: State, promised: bool, after: State) -> None:
    made = service(before)
    pause = rest(made)
    assert (made.state, made.resting_from) == (State.SUSPENDED, AWAY)
    pause.end(made, BACK, promised=promised)
    assert (made.state, pause.resumed_date) == (after, BACK)
    assert made.resting_from is None


@pytest.mark.parametrize("state", [State.AWAITING_CHOICE, State.REROUTE, State.SUSPENDED, State.COMPLETED])
def test_only_what_somebody_delivers_rests_PLANSERVICE_4(state: State) -> None:
    with pytest.raises(IllegalTransition):
        rest(service(state))


@pytest.mark.parametrize("day", [date(2025, 2, 28), date(2025, 9, 1)])
def test_it_rests_on_days_it_is_planned_for_PLANSERVICE_4(day: date) -> None:
    with pytest.raises(PauseOutsidePeriod):
        rest(service(), day)
    assert rest(service(), FIRST).from_date == FIRST
    assert rest(service(), LAST).from_date == LAST


def test_two_pauses_share_no_day_PLANSERVICE_4() -> None:
    made = service()
    first = rest(made)
    first.end(made, BACK, promised=False)
    with pytest.raises(PauseOverlaps):
        rest(made, date(2025, 5, 13), first)
    again = service()
    assert rest(again, BACK, first).from_date == BACK


def test_nobody_is_back_before_leaving_PLANSERVICE_4() -> None:
    made = service()
    pause = rest(made)
    with pytest.raises(ResumedTooEarly):
        pause.end(made, date(2025, 5, 4), promised=False)
    assert made.state is State.SUSPENDED


@pytest.mark.parametrize(("resting", "kind"), [(True, DeviationKind.NOT_IN_PLAN), (False, None)])
def test_a_delivery_while_it_rests_deviates_PLANSERVICE_4(resting: bool, kind: DeviationKind | None) -> None:
    made = service(State.SUSPENDED)
    what = Given(CLIENT, SUPPORTER, PURCHASE.service_code, AWAY, 1, DeliveryMode.AT_HOME)
    assert deviation_from_plan(what, made, resting=resting) is kind
