"""Who may act where a client may (REPRESENTATIVE-2, CONSENT-7): kinds, matters, days, and a minor's word."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from services.kernel.representing import GuardianDenialCopy, RepresentativeCopy, may_act

pytestmark = pytest.mark.unit

TODAY = date(2025, 3, 3)
CHILD, PARENT = UUID(int=1), UUID(int=2)
GUARDIAN = RepresentativeCopy(
    representative_id=UUID(int=3),
    client_id=CHILD,
    kind="GUARDIAN",
    matters="ALL",
    representative_client_id=PARENT,
    from_date=date(2025, 1, 1),
    to_date=None,
    in_force=True,
    version=1,
)
DENIAL = GuardianDenialCopy(consent_id=UUID(int=4), client_id=CHILD, sector="SOCIAL", in_force=True, version=1)


@pytest.mark.parametrize(
    ("representing", "sector", "expected"),
    [
        (GUARDIAN, None, True),
        (GUARDIAN, "SOCIAL", True),
        (replace(GUARDIAN, kind="TRUSTEE"), None, True),
        (replace(GUARDIAN, kind="TRUSTEE"), "HEALTH", True),
        (replace(GUARDIAN, kind="AUTHORISED"), None, True),
        (replace(GUARDIAN, kind="AUTHORISED"), "HEALTH", True),
        (replace(GUARDIAN, kind="INFORMAL_CARER"), None, False),
        (replace(GUARDIAN, kind="INFORMAL_CARER"), "SOCIAL", False),
        (replace(GUARDIAN, matters="SOCIAL"), "SOCIAL", True),
        (replace(GUARDIAN, matters="SOCIAL"), "HEALTH", False),
        (replace(GUARDIAN, matters="SOCIAL"), None, False),
        (replace(GUARDIAN, in_force=False), None, False),
        (replace(GUARDIAN, in_force=False), "SOCIAL", False),
        (replace(GUARDIAN, to_date=date(2025, 3, 2)), None, False),
        (replace(GUARDIAN, to_date=date(2025, 3, 2)), "SOCIAL", False),
        (replace(GUARDIAN, to_date=TODAY), None, True),
        (replace(GUARDIAN, to_date=TODAY), "SOCIAL", True),
        (replace(GUARDIAN, from_date=date(2025, 3, 4)), None, False),
        (replace(GUARDIAN, from_date=date(2025, 3, 4)), "SOCIAL", False),
    ],
)
def test_who_acts_in_which_matters_on_which_days_REPRESENTATIVE_2(
    representing: RepresentativeCopy, sector: str | None, expected: bool
) -> None:
    assert may_act([representing], [], sector=sector, today=TODAY) is expected


@pytest.mark.parametrize("sector", [None, "SOCIAL"])
def test_a_minor_keeps_a_guardian_out_and_nobody_else_CONSENT_7(sector: str | None) -> None:
    trustee = replace(GUARDIAN, kind="TRUSTEE")
    assert not may_act([GUARDIAN], [DENIAL], sector=sector, today=TODAY)
    assert may_act([GUARDIAN], [replace(DENIAL, in_force=False)], sector=sector, today=TODAY)
    assert may_act([GUARDIAN, trustee], [DENIAL], sector=sector, today=TODAY)
    assert not may_act([], [], sector=sector, today=TODAY)


def test_a_denial_closes_its_sector_and_all_matters_at_once_CONSENT_3() -> None:
    assert may_act([GUARDIAN], [DENIAL], sector="HEALTH", today=TODAY)
    of_all_matters_alone = replace(DENIAL, sector="")
    assert not may_act([GUARDIAN], [of_all_matters_alone], sector=None, today=TODAY)
