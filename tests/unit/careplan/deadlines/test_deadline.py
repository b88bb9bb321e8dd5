"""Days by which somebody must have acted, and what is told of them (PLAN-18, CHAIN-9, LIMIT-3)."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.careplan.domain.acknowledgements.acknowledgement import Acknowledgement, AcknowledgementState
from services.careplan.domain.acknowledgements.plan_waits import waits_of_plan
from services.careplan.domain.consultations.consultation import ConsultationState
from services.careplan.domain.deadlines.deadline import Deadline, Notice, Subject, Wait, horizon
from services.careplan.domain.plans.plan_states import PlanState
from services.chassis.weekdays import FINLAND
from tests.builders.careplan.plans import CLIENT, NOW, SUPPORTER, active, asked, plan, uid

DUE = date(2025, 3, 10)
S, C = Subject, ConsultationState


def deadline(due: date = DUE) -> Deadline:
    return Deadline(uid(1), uid(2), CLIENT, uid(2), S.CONSULTATION, uid(3), due, NOW)


def tell(one: Deadline, today: date) -> Notice | None:
    return one.due_notice(today=today, horizon=horizon(today, 2, FINLAND), now=NOW)


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2025, 3, 11), date(2025, 3, 13)),  # a Tuesday
        (date(2025, 3, 13), date(2025, 3, 17)),  # over a week-end
        (date(2025, 4, 16), date(2025, 4, 22)),  # over Easter: Thursday, then Tuesday
    ],
)
def test_two_weekdays_before_LIMIT_4(today: date, last: date) -> None:
    assert horizon(today, 2, FINLAND) == last


def test_a_deadline_is_told_when_it_approaches_and_when_it_is_missed_once_each_PLAN_18() -> None:
    one, told = deadline(), []
    for ahead in range(-10, 4):
        told += [(ahead, what) for _ in range(2) if (what := tell(one, DUE + timedelta(ahead)))]
    assert told == [(-4, Notice.APPROACHING), (1, Notice.MISSED)]
    assert one.version == 2


def test_what_ended_tells_nothing_but_a_miss_that_nobody_told_yet_PLAN_18() -> None:
    in_time, late = deadline(), deadline()
    assert in_time.end(DUE, NOW) is None
    assert late.end(DUE + timedelta(1), NOW) is Notice.MISSED
    assert [tell(one, DUE + timedelta(2)) for one in (in_time, late)] == [None, None]


@settings(derandomize=True, deadline=None)
@given(st.lists(st.integers(-20, 20), max_size=30))
def test_however_the_timer_runs_nothing_is_told_twice_PLAN_18(days: list[int]) -> None:
    one, told = deadline(), []
    for ahead in sorted(days):
        told += [what for what in [tell(one, DUE + timedelta(ahead))] if what]
    assert len(told) == len(set(told)) == one.version
    assert (Notice.MISSED in told) == any(ahead > 0 for ahead in days)


def test_a_plan_waits_for_answers_resolutions_promises_and_its_review_PLAN_18() -> None:
    drafted, made = plan(), active()
    part = drafted.parts_to_consult()[SUPPORTER]
    pending, objected = asked(drafted, SUPPORTER, part, C.PENDING), asked(drafted, SUPPORTER, part, C.PENDING)
    objected.respond(C.OBJECTED, "Too little.", NOW, date(2025, 3, 6))
    assert waits_of_plan(drafted, [pending], []) == {Wait(S.CONSULTATION, pending.id, pending.due)}
    assert waits_of_plan(drafted, [objected], []) == {Wait(S.OBJECTION, objected.id, date(2025, 3, 6))}
    promise = Acknowledgement(uid(7), made.id, CLIENT, SUPPORTER, 1, 0, part.digest, DUE, NOW)
    review = Wait(S.PLAN_REVIEW, made.id, date(2025, 8, 26))
    assert waits_of_plan(made, [], [promise]) == {review, Wait(S.ACKNOWLEDGEMENT, uid(7), DUE)}
    promise.pass_due()
    assert Wait(S.ACKNOWLEDGEMENT, uid(7), DUE) in waits_of_plan(made, [], [promise])


def test_what_is_answered_given_up_or_over_is_not_waited_for_PLAN_18() -> None:
    drafted, made = plan(), active()
    part = drafted.parts_to_consult()[SUPPORTER]
    answered = [asked(drafted, SUPPORTER, part, state) for state in C if state not in (C.PENDING, C.OBJECTED)]
    resolved, superseded = asked(drafted, SUPPORTER, part, C.PENDING), asked(drafted, SUPPORTER, part, C.PENDING)
    resolved.respond(C.OBJECTED, "Too little.", NOW, DUE)
    resolved.resolve("More was agreed.")
    superseded.supersede()
    assert waits_of_plan(drafted, [*answered, resolved, superseded], []) == set()
    given_up = Acknowledgement(uid(7), made.id, CLIENT, SUPPORTER, 1, 0, part.digest, DUE, NOW)
    given_up.state = AcknowledgementState.ACKNOWLEDGED
    made.state = PlanState.CLOSED
    assert waits_of_plan(made, [], [given_up]) == set()
