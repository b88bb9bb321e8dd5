"""The dated rule table of assessments (2.6), with the county's file and the Finnish calendar."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import TypeAdapter

import services.client
from services.chassis.weekdays import FINLAND
from services.client.domain.assessment import Ground, conditions_of
from services.client.domain.deadlines import Condition, DeadlineRule, DueDates, due_dates

FILE = Path(services.client.__path__[0]) / "reference" / "deadline_rules.json"
RULES = TypeAdapter(tuple[DeadlineRule, ...]).validate_json(FILE.read_bytes())


def due(pending: date, *conditions: Condition) -> DueDates:
    return due_dates(RULES, conditions=frozenset(conditions), pending=pending, calendar=FINLAND)


def test_story_1_a_child_needing_special_support() -> None:
    assert due(date(2025, 1, 7), Condition.CHILD_SPECIAL_SUPPORT) == DueDates(
        date(2025, 1, 16), date(2025, 4, 7), ("ASM-START-CHILD", "ASM-COMPLETE-CHILD")
    )


def test_story_5_no_start_rule() -> None:
    assert due(date(2025, 2, 3)) == DueDates(None, date(2025, 5, 5), ("ASM-COMPLETE-ALL",))


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        (Condition.FAST_TRACK_AGE, "ASM-START-75"),
        (Condition.HIGHEST_CARE_ALLOWANCE, "ASM-START-ALLOW"),
        (Condition.DISABILITY_SERVICES, "ASM-START-DIS"),
    ],
)
def test_2_6_seven_weekdays(condition: Condition, code: str) -> None:
    found = due(date(2025, 4, 15), condition)
    assert (found.start_due, found.complete_due) == (date(2025, 4, 28), date(2025, 7, 15))
    assert found.codes == (code, "ASM-COMPLETE-ALL")


def test_2_6_urgent_starts_the_same_day_and_the_strictest_limit_counts() -> None:
    found = due(date(2025, 1, 7), Condition.URGENT, Condition.CHILD_SPECIAL_SUPPORT)
    assert found.start_due == date(2025, 1, 7)
    assert found.codes == ("ASM-URGENT", "ASM-START-CHILD", "ASM-COMPLETE-CHILD")


def test_2_6_child_welfare_limits_the_completion_only() -> None:
    assert due(date(2025, 1, 7), Condition.CHILD_WELFARE) == DueDates(None, date(2025, 4, 7), ("ASM-COMPLETE-CHILD",))


def test_2_6_a_rule_out_of_force_does_not_apply() -> None:
    assert due(date(2014, 1, 7), Condition.URGENT) == DueDates(None, None, ())


def test_2_6_every_rule_tells_its_source() -> None:
    assert all(rule.legal_basis and rule.source for rule in RULES)


@pytest.mark.parametrize(
    ("age", "special_support", "expected"),
    [
        (74, False, frozenset()),
        (75, False, frozenset({Condition.FAST_TRACK_AGE})),
        (17, True, frozenset({Condition.CHILD_SPECIAL_SUPPORT})),
        (18, True, frozenset()),
    ],
)
def test_2_6_age_and_flag_tell_conditions(age: int, special_support: bool, expected: frozenset[Condition]) -> None:
    found = conditions_of(grounds=(), urgent=False, age=age, fast_track_age=75, special_support=special_support)
    assert found == expected


@pytest.mark.parametrize("ground", Ground, ids=lambda one: one.value)
def test_2_6_every_ground_is_a_condition(ground: Ground) -> None:
    found = conditions_of(grounds=(ground,), urgent=True, age=40, fast_track_age=75, special_support=False)
    assert found == {Condition(ground.value), Condition.URGENT}
