"""County services at centres of others, and mobile teams in their area (S1.20, S1.21, S2.24, S2.25)."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from services.careplan.domain.deliveries.delivery import Given, check_area
from services.careplan.domain.deliveries.refusals import OutsideArea
from services.careplan.domain.neighbours.copies import CentreDecisionCopy, Host, ProviderCopy, UnitCopy
from services.careplan.domain.plans.line_rules import check_provider
from services.careplan.domain.plans.refusals import NoCentreDecision, ProviderUnitUnknown
from services.kernel.care import Arrangement, DeliveryMode
from tests.builders.careplan.plans import CLIENT, ENTERPRISE, FIRST, LAST, OWN, uid

CENTRE = UnitCopy(uid(300), "HSSC 837", "HSSC")
OFFICE = UnitCopy(uid(301), "office", "OTHER")
DECIDED = CentreDecisionCopy(uid(310), OWN.service_code, (CENTRE.unit_id,), FIRST, LAST, 1)
COUNTY = ProviderCopy(ENTERPRISE, "enterprise", "PUBLIC", ("COUNTY_ENTERPRISE",), "APPROVED", (OFFICE,), 1)
AT_CENTRE = replace(OWN, unit_id=CENTRE.unit_id, modes=(DeliveryMode.AT_CENTRE,))


def hosted(*decisions: CentreDecisionCopy, unit: UnitCopy = CENTRE) -> Host:
    return Host(unit, decisions)


def test_county_staff_work_at_a_centre_where_the_county_decided_so_S1_20() -> None:
    check_provider(AT_CENTRE, COUNTY, hosted(DECIDED))
    check_provider(AT_CENTRE, COUNTY, hosted(replace(DECIDED, to_date=None)))


@pytest.mark.parametrize(
    "decisions",
    [
        (),
        (replace(DECIDED, service_code="HLT-SCHOOL"),),
        (replace(DECIDED, unit_ids=(uid(399),)),),
        (replace(DECIDED, from_date=FIRST + timedelta(days=1)),),
        (replace(DECIDED, to_date=LAST - timedelta(days=1)),),
    ],
)
def test_a_decision_covers_the_service_the_centre_and_every_day_S2_24(
    decisions: tuple[CentreDecisionCopy, ...],
) -> None:
    with pytest.raises(NoCentreDecision):
        check_provider(AT_CENTRE, COUNTY, hosted(*decisions))


@pytest.mark.parametrize(
    ("line", "host"),
    [
        (replace(AT_CENTRE, modes=(DeliveryMode.AT_HOME,)), hosted(DECIDED)),
        (replace(AT_CENTRE, arrangement=Arrangement.PURCHASE), hosted(DECIDED)),
        (AT_CENTRE, hosted(DECIDED, unit=replace(CENTRE, kind="DENTAL"))),
        (AT_CENTRE, None),
    ],
)
def test_any_other_unit_of_somebody_else_is_none_of_the_providers_S1_23(line: object, host: Host | None) -> None:
    with pytest.raises(ProviderUnitUnknown):
        check_provider(line, COUNTY, host)  # type: ignore[arg-type]


def test_an_own_unit_needs_no_decision_S2_23() -> None:
    check_provider(replace(AT_CENTRE, unit_id=OFFICE.unit_id), COUNTY)


MOBILE = UnitCopy(uid(302), "mobile team", "OTHER", ("790", "936"))


def visit(municipality: str, mode: DeliveryMode = DeliveryMode.MOBILE_TEAM, *, urgent: bool = False) -> Given:
    code: str = OWN.service_code
    who: UUID = ENTERPRISE
    day: date = FIRST
    return Given(CLIENT, who, code, day, 1, mode, urgent=urgent, municipality=municipality)


def test_a_mobile_team_visits_its_area_S1_21() -> None:
    check_area(visit("790"), MOBILE)
    with pytest.raises(OutsideArea):
        check_area(visit("837"), MOBILE)


@pytest.mark.parametrize(
    ("given", "unit"),
    [
        (visit("837", DeliveryMode.AT_HOME), MOBILE),
        (visit("837", urgent=True), MOBILE),
        (visit(""), MOBILE),
        (visit("837"), OFFICE),
        (visit("837"), None),
    ],
)
def test_nothing_else_is_bound_to_an_area_S2_25(given: Given, unit: UnitCopy | None) -> None:
    check_area(given, unit)
