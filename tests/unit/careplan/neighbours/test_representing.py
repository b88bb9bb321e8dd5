"""Who may act where a client may (REPRESENTATIVE-2, CONSENT-7): kinds, matters, days, and a minor's word."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from services.careplan.domain.neighbours.representing import KnownGuardianDenial, KnownRepresentative, may_act

pytestmark = pytest.mark.unit

TODAY = date(2025, 3, 3)
CHILD, PARENT = UUID(int=1), UUID(int=2)
GUARDIAN = KnownRepresentative(
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
KEPT_OUT = KnownGuardianDenial(consent_id=UUID(int=4), client_id=CHILD, in_force=True, version=1)


@pytest.mark.parametrize(
    ("representing", "expected"),
    [
        (GUARDIAN, True),
        (replace(GUARDIAN, kind="TRUSTEE"), True),
        (replace(GUARDIAN, kind="AUTHORISED"), True),
        (replace(GUARDIAN, kind="INFORMAL_CARER"), False),
        (replace(GUARDIAN, matters="SOCIAL"), False),
        (replace(GUARDIAN, in_force=False), False),
        (replace(GUARDIAN, to_date=date(2025, 3, 2)), False),
        (replace(GUARDIAN, to_date=TODAY), True),
        (replace(GUARDIAN, from_date=date(2025, 3, 4)), False),
    ],
)
def test_who_acts_in_all_matters_on_which_days_REPRESENTATIVE_2(
    representing: KnownRepresentative, expected: bool
) -> None:
    assert may_act([representing], [], today=TODAY) is expected


def test_a_minor_keeps_a_guardian_out_and_nobody_else_CONSENT_7() -> None:
    trustee = replace(GUARDIAN, kind="TRUSTEE")
    assert not may_act([GUARDIAN], [KEPT_OUT], today=TODAY)
    assert may_act([GUARDIAN], [replace(KEPT_OUT, in_force=False)], today=TODAY)
    assert may_act([GUARDIAN, trustee], [KEPT_OUT], today=TODAY)
    assert not may_act([], [], today=TODAY)
