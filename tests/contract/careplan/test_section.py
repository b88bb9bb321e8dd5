"""Who is shown what of the plan in the integrated record (ACCESS-3)."""

import pytest

from services.chassis.policy import withhold_from
from sote.careplan.v1 import statutory_pb2
from sote.careplan.v1.section_pb2 import PlanSection

pytestmark = pytest.mark.contract


@pytest.mark.parametrize(("role", "shown"), [("CSW", 1), ("CSP", 1), ("HOP", 1), ("CLI", 1), ("HSP", 0), ("PRV", 0)])
def test_sections_of_special_acts_are_not_for_every_provider_ACCESS_3(role: str, shown: int) -> None:
    section = PlanSection(statutory_sections=[statutory_pb2.StatutorySection(legal_basis="an act")])
    withhold_from(section, role)
    assert len(section.statutory_sections) == shown
