"""When services are wide-ranging (ATTENTION-2) and when a plan is needed (PLAN-19)."""

import pytest

from services.client.domain.attention import is_plan_needed, is_wide_range
from tests.builders.client.people import FAM_HOME, FAM_WORK, INPATIENT, PHYSIO, THERAPY


def test_both_sectors_and_three_services_are_wide_ranging_S1_14_ATTENTION_2() -> None:
    assert is_wide_range([FAM_WORK, FAM_HOME, THERAPY])
    assert not is_wide_range([FAM_WORK, THERAPY])
    assert not is_wide_range([FAM_WORK, FAM_HOME])
    assert not is_wide_range([FAM_WORK, FAM_WORK, THERAPY])


def test_three_service_tasks_are_wide_ranging_S1_14_ATTENTION_2() -> None:
    assert is_wide_range([FAM_WORK, INPATIENT, THERAPY])


def test_one_service_is_not_wide_ranging_STORY_C0() -> None:
    assert not is_wide_range([PHYSIO])
    assert not is_wide_range([])


@pytest.mark.parametrize(
    ("flagged", "services", "days", "needed"),
    [
        (False, ["HLT-PHYSIO"], 40, False),
        (False, ["HLT-PHYSIO"], 59, False),
        (False, ["HLT-PHYSIO"], 60, True),
        (False, ["HLT-PHYSIO", "HLT-OT"], 10, True),
        (False, ["HLT-PHYSIO", "HLT-PHYSIO"], 10, False),
        (True, [], 0, True),
        (False, [], 0, False),
    ],
)
def test_a_plan_is_needed_S2_10(flagged: bool, services: list[str], days: int, needed: bool) -> None:
    assert is_plan_needed(flagged=flagged, services=services, longest_days=days, min_days=60) is needed
