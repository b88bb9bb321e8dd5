"""The dated rule table (LIMIT-3), with the county's file and the Finnish calendar."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import TypeAdapter

import services.client
from services.chassis.weekdays import FINLAND
from services.client.domain.assessments.grounds import Ground, conditions_of
from services.client.domain.deadlines.limits import Condition, DeadlineRule, Milestone, limit_of, weekdays_before

FILE = Path(services.client.__path__[0]) / "reference" / "deadline_rules.json"
RULES = TypeAdapter(tuple[DeadlineRule, ...]).validate_json(FILE.read_bytes())


def due(since: date, milestone: Milestone, *conditions: Condition) -> tuple[date | None, tuple[str, ...]]:
    found = limit_of(RULES, milestone, conditions=frozenset(conditions), since=since, calendar=FINLAND)
    return (found.due_date, found.rule_codes) if found else (None, ())


def test_story_1_a_child_needing_special_support() -> None:
    child = Condition.CHILD_SPECIAL_SUPPORT
    assert due(date(2025, 1, 7), Milestone.START, child) == (date(2025, 1, 16), ("ASM-START-CHILD",))
    assert due(date(2025, 1, 7), Milestone.COMPLETE, child) == (date(2025, 4, 7), ("ASM-COMPLETE-CHILD",))


def test_story_5_no_start_rule() -> None:
    assert due(date(2025, 2, 3), Milestone.START) == (None, ())
    assert due(date(2025, 2, 3), Milestone.COMPLETE) == (date(2025, 5, 5), ("ASM-COMPLETE-ALL",))


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        (Condition.FAST_TRACK_AGE, "ASM-START-75"),
        (Condition.HIGHEST_CARE_ALLOWANCE, "ASM-START-ALLOW"),
        (Condition.DISABILITY_SERVICES, "ASM-START-DIS"),
    ],
)
def test_seven_weekdays_LIMIT_1(condition: Condition, code: str) -> None:
    assert due(date(2025, 4, 15), Milestone.START, condition) == (date(2025, 4, 28), (code,))
    assert due(date(2025, 4, 15), Milestone.COMPLETE, condition) == (date(2025, 7, 15), ("ASM-COMPLETE-ALL",))


def test_urgent_starts_the_same_day_and_the_strictest_limit_counts_LIMIT_7() -> None:
    found = due(date(2025, 1, 7), Milestone.START, Condition.URGENT, Condition.CHILD_SPECIAL_SUPPORT)
    assert found == (date(2025, 1, 7), ("ASM-URGENT", "ASM-START-CHILD"))


def test_child_welfare_limits_the_completion_only_LIMIT_3_LIMIT_8() -> None:
    assert due(date(2025, 1, 7), Milestone.START, Condition.CHILD_WELFARE) == (None, ())
    assert due(date(2025, 1, 7), Milestone.COMPLETE, Condition.CHILD_WELFARE)[1] == ("ASM-COMPLETE-CHILD",)


def test_a_rule_out_of_force_does_not_apply_LIMIT_3() -> None:
    assert due(date(2014, 1, 7), Milestone.START, Condition.URGENT) == (None, ())


YOUNG, URGENT, MIND = Condition.UNDER_23, Condition.URGENT, Condition.MENTAL_HEALTH_UNDER_23


@pytest.mark.parametrize(
    ("milestone", "since", "conditions", "end", "code"),
    [
        (Milestone.DECIDE_ON_ASSESSMENT, "2025-03-11", [Condition.CHILD_WELFARE], "2025-03-20", "CW-DECIDE"),
        (Milestone.DECIDE_ON_ASSESSMENT, "2025-03-11", [], "", ""),
        (Milestone.DECIDE, "2025-11-30", [Condition.DISABILITY_SERVICES], "2026-03-02", "DIS-DECISION"),
        (Milestone.IMPLEMENT, "2025-02-03", [Condition.SOCIAL_SERVICE], "2025-05-05", "SOC-IMPLEMENT"),
        (Milestone.IMPLEMENT, "2025-02-03", [], "", ""),
        (Milestone.DECIDE_SUPPORT, "2025-03-11", [], "2025-03-20", "INC-SUPPORT"),
        (Milestone.DECIDE_SUPPORT, "2025-03-14", [URGENT], "2025-03-17", "INC-SUPPORT"),
        (Milestone.INTERVIEW, "2025-03-11", [URGENT], "2025-03-20", "INC-SUPPORT"),
        (Milestone.TREAT_PRIMARY, "2024-12-31", [], "2025-01-14", "CARE-14D"),
        (Milestone.TREAT_PRIMARY, "2025-01-07", [YOUNG], "2025-01-21", "CARE-14D"),
        (Milestone.TREAT_PRIMARY, "2025-01-07", [], "2025-04-07", "CARE-3M"),
        (Milestone.TREAT_PRIMARY, "2023-08-31", [], "", ""),
        (Milestone.TREAT_ORAL, "2024-10-31", [YOUNG], "2025-02-28", "CARE-ORAL"),
        (Milestone.TREAT_ORAL, "2025-01-07", [YOUNG], "2025-04-07", "CARE-ORAL"),
        (Milestone.TREAT_ORAL, "2025-01-07", [], "2025-07-07", "CARE-ORAL"),
        (Milestone.ASSESS_CARE, "2025-01-07", [], "2025-01-07", "CARE-SAMEDAY"),
        (Milestone.HANDLE_REFERRAL, "2025-01-07", [], "2025-01-28", "CARE-SPEC"),
        (Milestone.TREAT_SPECIALISED, "2025-01-07", [], "2025-07-07", "CARE-SPEC"),
        (Milestone.TREAT_SPECIALISED, "2025-01-07", [MIND], "2025-04-07", "CARE-SPEC"),
        (Milestone.START_THERAPY, "2025-05-05", [YOUNG], "2025-06-02", "THERAPY-28D"),
        (Milestone.START_THERAPY, "2025-04-30", [YOUNG], "", ""),
        (Milestone.START_THERAPY, "2025-05-05", [], "", ""),
    ],
)
def test_every_other_row_LIMIT_3(
    milestone: Milestone, since: str, conditions: list[Condition], end: str, code: str
) -> None:
    found = due(date.fromisoformat(since), milestone, *conditions)
    assert found == ((date.fromisoformat(end), (code,)) if end else (None, ()))


TABLE = (
    "ASM-URGENT ASM-START-75 ASM-START-ALLOW ASM-START-CHILD ASM-START-DIS ASM-COMPLETE-CHILD ASM-COMPLETE-ALL"
    " CW-DECIDE DIS-DECISION SOC-IMPLEMENT INC-SUPPORT CARE-14D CARE-3M CARE-ORAL CARE-SAMEDAY CARE-SPEC THERAPY-28D"
)


def test_the_county_has_every_rule_of_the_table_LIMIT_3() -> None:
    assert {rule.code for rule in RULES} == set(TABLE.split())


def test_no_two_rows_of_a_milestone_hold_for_the_same_matter_at_once_LIMIT_3() -> None:
    rows = [(rule.milestone, condition, rule) for rule in RULES for condition in rule.applies_if]
    for milestone, condition, rule in rows:
        again = [other for kind, also, other in rows if (kind, also) == (milestone, condition) and other is not rule]
        assert not [other for other in again if other.in_force(rule.valid_from)]


def test_every_rule_tells_its_source_and_from_when_LIMIT_3() -> None:
    assert all(rule.legal_basis and rule.source and rule.valid_from for rule in RULES)
    assert all(rule.valid_to is None or rule.valid_from <= rule.valid_to for rule in RULES)


@pytest.mark.parametrize(
    ("end", "warned"),
    [("2025-01-16", "2025-01-14"), ("2025-04-28", "2025-04-24"), ("2025-04-22", "2025-04-16")],
)
def test_two_weekdays_before_the_end_skip_weekends_and_holidays_ASSESSMENT_8(end: str, warned: str) -> None:
    assert weekdays_before(date.fromisoformat(end), 2, FINLAND) == date.fromisoformat(warned)


@pytest.mark.parametrize(
    ("age", "special_support", "expected"),
    [
        (74, False, frozenset()),
        (75, False, frozenset({Condition.FAST_TRACK_AGE})),
        (17, True, frozenset({Condition.CHILD_SPECIAL_SUPPORT})),
        (18, True, frozenset()),
    ],
)
def test_age_and_flag_tell_conditions_LIMIT_7(age: int, special_support: bool, expected: frozenset[Condition]) -> None:
    found = conditions_of(grounds=(), urgent=False, age=age, fast_track_age=75, special_support=special_support)
    assert found == expected


@pytest.mark.parametrize("ground", Ground, ids=lambda one: one.value)
def test_every_ground_is_a_condition_LIMIT_3(ground: Ground) -> None:
    found = conditions_of(grounds=(ground,), urgent=True, age=40, fast_track_age=75, special_support=False)
    assert found == {Condition(ground.value), Condition.URGENT}
