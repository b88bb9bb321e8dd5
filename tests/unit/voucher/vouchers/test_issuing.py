"""What must hold before a voucher is given (INV-04, INV-16, PLAN-19)."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from services.kernel.care import Arrangement
from services.kernel.refusal import Refusal
from services.voucher.domain.neighbours.plan import PlanCopy
from services.voucher.domain.neighbours.plan_line import LineVersion
from services.voucher.domain.vouchers.issuing import (
    Grounds,
    Terms,
    check_grounds,
    check_line_holds,
    check_plan_in_force,
    check_plan_service,
    check_still_planned,
    check_terms,
    plan_needed,
)
from services.voucher.domain.vouchers.refusals import (
    AssessmentMissing,
    ClientClosed,
    DecisionMissing,
    IssuerNotAllowed,
    OutsideValidity,
    PlanRequired,
    VoucherNotEnabled,
)
from tests.builders.voucher.vouchers import (
    CLIENT,
    ENTERPRISE,
    FIRST,
    LAST,
    OTHER,
    SERVICE,
    TODAY,
    assessment,
    catalogue,
    client,
    decision,
    plan_service,
    provider,
)

pytestmark = pytest.mark.unit

GOOD = Grounds(
    issuer=replace(provider(), provider_id=ENTERPRISE, roles=("COUNTY_ENTERPRISE",)),
    client=client(),
    decision=decision(),
    assessment=assessment(),
    catalogue=catalogue(),
)


def test_good_grounds_are_good_INV_04() -> None:
    assert check_grounds(GOOD, client_id=CLIENT, today=TODAY) == (GOOD.decision, GOOD.catalogue)
    partly = replace(GOOD, decision=replace(decision(), outcome="PARTLY"))
    check_grounds(partly, client_id=CLIENT, today=LAST)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"issuer": None}, IssuerNotAllowed),
        ({"issuer": replace(provider(), roles=("DIRECT_CHOICE_HSSC",))}, IssuerNotAllowed),
        ({"decision": None}, DecisionMissing),
        ({"decision": replace(decision(), outcome="REJECTED")}, DecisionMissing),
        ({"decision": replace(decision(), client_id=OTHER)}, DecisionMissing),
        ({"decision": replace(decision(), to_date=date(2025, 3, 2))}, DecisionMissing),
        ({"assessment": None}, AssessmentMissing),
        ({"assessment": replace(assessment(), completed_date=None)}, AssessmentMissing),
        ({"assessment": replace(assessment(), withdrawn=True)}, AssessmentMissing),
        ({"assessment": replace(assessment(), performing_organisation_id=OTHER)}, AssessmentMissing),
        ({"catalogue": None}, VoucherNotEnabled),
        ({"catalogue": replace(catalogue(), arrangements=("OWN", "PURCHASE"))}, VoucherNotEnabled),
        ({"client": None}, ClientClosed),
        ({"client": replace(client(), state="MOVED_OUT")}, ClientClosed),
        ({"client": replace(client(), state="DECEASED")}, ClientClosed),
        ({"client": replace(client(), state="MERGED")}, ClientClosed),
    ],
)
def test_each_ground_is_needed_INV_04_INV_16(changes: dict[str, object], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        check_grounds(replace(GOOD, **changes), client_id=CLIENT, today=TODAY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        (Terms(16, FIRST, LAST), DecisionMissing),
        (Terms(0, FIRST, LAST), DecisionMissing),
        (Terms(15, date(2025, 2, 28), LAST), DecisionMissing),
        (Terms(15, FIRST, date(2025, 4, 1)), DecisionMissing),
        (Terms(15, LAST, FIRST), OutsideValidity),
    ],
)
def test_the_terms_lie_within_the_decision_INV_04(terms: Terms, refusal: type[Refusal]) -> None:
    check_terms(Terms(15, FIRST, LAST), decision())
    with pytest.raises(refusal):
        check_terms(terms, decision())


@pytest.mark.parametrize(
    ("flagged", "services", "days", "needed"),
    [
        (False, 1, 40, False),
        (False, 1, 59, False),
        (False, 1, 60, True),
        (False, 2, 40, True),
        (True, 1, 40, True),
        (False, 0, 1, False),
    ],
)
def test_plan_need_S2_10(flagged: bool, services: int, days: int, needed: bool) -> None:
    assert plan_needed(flagged=flagged, granted_services=services, days=days, min_days=60) is needed


def test_a_period_counts_both_its_ends_S2_10() -> None:
    assert Terms(1, date(2025, 1, 1), date(2025, 3, 1)).days == 60


@pytest.mark.parametrize(
    "service",
    [
        None,
        replace(plan_service(), client_id=OTHER),
        replace(plan_service(), service_code="HLT-OT"),
        replace(plan_service(), state="PLANNED"),
        replace(plan_service(), state="ASSIGNED"),
        replace(plan_service(), arrangement=Arrangement.PURCHASE),
    ],
)
def test_the_planned_service_awaits_the_choice_VOUCHER_1(service: object) -> None:
    check_plan_service(plan_service(), client_id=CLIENT, service_code=SERVICE)
    with pytest.raises(PlanRequired):
        check_plan_service(service, client_id=CLIENT, service_code=SERVICE)  # type: ignore[arg-type]


@pytest.mark.parametrize("state", ["CLOSED", "CANCELLED"])
def test_nothing_is_so_urgent_that_it_is_given_on_a_plan_that_ended_PROCESS_A9(state: str) -> None:
    with pytest.raises(PlanRequired):
        check_plan_in_force(PlanCopy(UUID(int=401), CLIENT, state, 3), urgent_reason="the child cannot wait")


@pytest.mark.parametrize("state", ["CANCELLED", "COMPLETED"])
def test_a_service_the_plan_holds_no_more_gets_no_voucher_INV_03(state: str) -> None:
    check_still_planned(plan_service())
    with pytest.raises(PlanRequired):
        check_still_planned(replace(plan_service(), state=state))


@pytest.mark.parametrize("state", ["DRAFT", "CONSULTATION"])
def test_the_plan_is_in_force_or_the_case_is_urgent_VOUCHER_2(state: str) -> None:
    plan = PlanCopy(UUID(int=401), CLIENT, state, 3)
    with pytest.raises(PlanRequired):
        check_plan_in_force(plan, urgent_reason="")
    check_plan_in_force(plan, urgent_reason="the child cannot wait")
    for good in ("ACTIVE", "UNDER_REVIEW"):
        check_plan_in_force(replace(plan, state=good), urgent_reason="")
    with pytest.raises(PlanRequired):
        check_plan_in_force(None, urgent_reason="")


LINE = LineVersion(UUID(int=400), 1, date(2025, 3, 1), True, "", Arrangement.VOUCHER, None, FIRST, LAST, 15)


@pytest.mark.parametrize(
    ("line", "units", "last"),
    [
        (LINE, 15, LAST + timedelta(days=1)),
        (LINE, 16, LAST),
        (replace(LINE, planned=False), 15, LAST),
    ],
)
def test_a_voucher_is_not_extended_beyond_its_line_of_the_plan_VOUCHER_16(
    line: LineVersion, units: int, last: date
) -> None:
    with pytest.raises(PlanRequired):
        check_line_holds(line, units=units, last=last)


@pytest.mark.parametrize(("line", "units"), [(LINE, 15), (replace(LINE, units=0), 99), (None, 99)])
def test_a_voucher_is_extended_to_the_end_of_its_line_of_the_plan_VOUCHER_16(
    line: LineVersion | None, units: int
) -> None:
    check_line_holds(line, units=units, last=LAST)
