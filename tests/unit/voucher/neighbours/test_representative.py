"""Who may act where a client may (REPRESENTATIVE-2, CONSENT-7): kinds, matters, days, and a minor's word."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from services.voucher.domain.representing import GuardianDenialCopy, RepresentativeCopy, may_act, sector_of
from tests.builders.voucher.vouchers import CLIENT, TODAY

pytestmark = pytest.mark.unit

PARENT = UUID(int=77)


def guardian(**changes: object) -> RepresentativeCopy:
    """A guardian in all matters since the new year."""
    made = RepresentativeCopy(UUID(int=1), CLIENT, "GUARDIAN", "ALL", PARENT, date(2025, 1, 1), None, True, 1)
    return replace(made, **changes)  # type: ignore[arg-type]


def denial(**changes: object) -> GuardianDenialCopy:
    """The minor keeps the guardian out of social welfare."""
    return replace(GuardianDenialCopy(UUID(int=2), CLIENT, "SOCIAL", True, 1), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("representing", "sector", "expected"),
    [
        (guardian(), "SOCIAL", True),
        (guardian(), None, True),
        (guardian(kind="TRUSTEE"), "HEALTH", True),
        (guardian(kind="AUTHORISED"), "HEALTH", True),
        (guardian(kind="INFORMAL_CARER"), "SOCIAL", False),
        (guardian(matters="SOCIAL"), "SOCIAL", True),
        (guardian(matters="SOCIAL"), "HEALTH", False),
        (guardian(matters="SOCIAL"), None, False),
        (guardian(in_force=False), "SOCIAL", False),
        (guardian(to_date=date(2025, 3, 2)), "SOCIAL", False),
        (guardian(to_date=TODAY), "SOCIAL", True),
        (guardian(from_date=date(2025, 3, 4)), "SOCIAL", False),
    ],
)
def test_who_acts_in_which_matters_on_which_days_REPRESENTATIVE_2(
    representing: RepresentativeCopy, sector: str | None, expected: bool
) -> None:
    assert may_act([representing], [], sector=sector, today=TODAY) is expected


def test_a_minor_keeps_a_guardian_out_and_nobody_else_CONSENT_7() -> None:
    assert not may_act([guardian()], [denial()], sector="SOCIAL", today=TODAY)
    assert not may_act([guardian()], [denial()], sector=None, today=TODAY)
    assert may_act([guardian()], [denial()], sector="HEALTH", today=TODAY)
    assert may_act([guardian()], [denial(in_force=False)], sector="SOCIAL", today=TODAY)
    assert may_act([guardian(), guardian(kind="TRUSTEE")], [denial()], sector="SOCIAL", today=TODAY)
    assert not may_act([], [], sector="SOCIAL", today=TODAY)


def test_health_care_is_a_task_of_its_own_CATALOGUE_1() -> None:
    assert [sector_of(task) for task in ("TERVEYS", "LAPSIPERHE", "PAIHDE")] == ["HEALTH", "SOCIAL", "SOCIAL"]
