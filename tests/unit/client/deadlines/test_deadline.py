"""A limit: what is told of it, each once, and how it ends."""

from datetime import date
from uuid import uuid4

import pytest

from services.client.domain.deadlines.deadline import BY_HAND, Deadline, DeadlineEnd, Notice
from services.client.domain.deadlines.limits import Condition, Milestone, conditions_of_age
from services.client.domain.deadlines.refusals import DeadlineEnded, DeadlineNotByHand
from services.client.domain.refusals import DateNotAllowed
from tests.builders.client.people import NOW


def deadline(milestone: Milestone = Milestone.START) -> Deadline:
    return Deadline(
        id=uuid4(),
        client_id=uuid4(),
        assessment_id=uuid4(),
        milestone=milestone,
        begin_date=date(2025, 1, 7),
        due_date=date(2025, 1, 16),
        warn_date=date(2025, 1, 14),
        rule_codes=("ASM-START-CHILD",),
    )


def by_hand(one: Deadline, on: date = date(2025, 1, 15), end: DeadlineEnd = DeadlineEnd.REACHED) -> Notice | None:
    return one.end_by_hand(end, day=on, reason="why", by="official", today=date(2025, 1, 20), now=NOW)


def test_each_thing_is_told_once_and_at_its_day_ASSESSMENT_8() -> None:
    one = deadline()
    told = [one.due_notice(date(2025, 1, day), NOW) for day in (13, 14, 15, 16, 17, 18)]
    assert told == [None, Notice.APPROACHING, None, None, Notice.MISSED, None]
    assert one.version == 2


def test_after_a_long_silence_only_the_miss_is_told_ASSESSMENT_8() -> None:
    one = deadline()
    assert [one.due_notice(date(2025, 2, 3), NOW) for _ in range(2)] == [Notice.MISSED, None]
    assert (one.told_approaching, one.version) == (None, 1)


def test_what_ended_in_time_is_never_missed_and_what_ended_late_is_ASSESSMENT_8() -> None:
    one = deadline()
    assert one.reach(date(2025, 1, 16), NOW) is None
    assert one.due_notice(date(2025, 1, 17), NOW) is None
    late = deadline()
    assert late.reach(date(2025, 1, 17), NOW) is Notice.MISSED
    assert late.fall_away(date(2025, 1, 18), NOW) is None
    assert (late.ended_date, late.end) == (date(2025, 1, 17), DeadlineEnd.REACHED)


@pytest.mark.parametrize("milestone", Milestone, ids=lambda one: one.value)
def test_what_no_act_ends_is_ended_by_hand_LIMIT_5(milestone: Milestone) -> None:
    one = deadline(milestone)
    if milestone not in BY_HAND:
        with pytest.raises(DeadlineNotByHand):
            by_hand(one)
        assert one.ended_date is None
        return
    assert by_hand(one, end=DeadlineEnd.FELL_AWAY) is None
    assert (one.ended_date, one.end, one.end_reason) == (date(2025, 1, 15), DeadlineEnd.FELL_AWAY, "why")
    with pytest.raises(DeadlineEnded):
        by_hand(one)


@pytest.mark.parametrize(
    ("on", "allowed"), [("2025-01-06", False), ("2025-01-07", True), ("2025-01-20", True), ("2025-01-21", False)]
)
def test_it_ends_not_before_it_began_nor_in_the_future_LIMIT_5(on: str, allowed: bool) -> None:
    one = deadline(Milestone.IMPLEMENT)
    if allowed:
        by_hand(one, date.fromisoformat(on))
        return
    with pytest.raises(DateNotAllowed):
        by_hand(one, date.fromisoformat(on))
    assert (one.ended_date, one.end_reason) == (None, "")


@pytest.mark.parametrize(("age", "young"), [(0, True), (22, True), (23, False), (90, False)])
def test_young_are_those_under_23_LIMIT_13(age: int, young: bool) -> None:
    assert conditions_of_age(age) == ({Condition.UNDER_23} if young else set())
