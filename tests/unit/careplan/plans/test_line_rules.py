"""Which service lines may stand in a plan, under which contract, and who may begin a plan (PLAN-1, PLAN-3, S1.23)."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.careplan.domain.enrolments.items import equal_line, with_items
from services.careplan.domain.lifecycle.admission import check_assessment, check_client, check_operator
from services.careplan.domain.lifecycle.refusals import (
    AssessmentMissing,
    ClientClosed,
    ClientUnknown,
    OperatorKindNotAllowed,
    OperatorNotChosen,
)
from services.careplan.domain.neighbours.copies import (
    AssessmentCopy,
    CatalogueEntryCopy,
    ClientCopy,
    ContractCopy,
    ContractLine,
    EnrolmentItem,
    ProviderCopy,
    UnitCopy,
)
from services.careplan.domain.plans.content import Goal, ServiceLine
from services.careplan.domain.plans.line_rules import (
    Wish,
    check_catalogue,
    check_provider,
    check_terms,
    contract_covering,
)
from services.careplan.domain.plans.refusals import (
    ArrangementNotAllowed,
    ModeTextRequired,
    NoActiveContract,
    PeriodInvalid,
    ProviderNotAllowed,
    ProviderNotApproved,
    ProviderRequired,
    ProviderUnitUnknown,
    ProviderUnknown,
    ScaleInvalid,
    ServiceNotInCatalogue,
    UnitMismatch,
)
from services.careplan.domain.rules import Rules
from services.careplan.domain.terms import OperatorKind
from services.kernel.care import Arrangement, CareUnit, DeliveryMode
from services.kernel.refusal import Refusal
from tests.builders.careplan.plans import (
    CLIENT,
    ENTERPRISE,
    FIRST,
    FULL,
    GP,
    LAST,
    OWN,
    PURCHASE,
    RULES,
    SUPPORTER,
    TODAY,
    VOUCHER,
    uid,
)

ENTRY = CatalogueEntryCopy(
    "SOC-FAM-SUPP",
    "tuki",
    "support",
    "SOCIAL",
    "PRIMARY",
    "LAPSIPERHE",
    False,
    (Arrangement.PURCHASE,),
    CareUnit.HOUR,
    1,
)
PROVIDER = ProviderCopy(SUPPORTER, "p", "THIRD", ("PURCHASED",), "APPROVED", (UnitCopy(uid(20), "u", "OTHER"),), 1)
CONTRACT = ContractCopy(
    uid(7),
    SUPPORTER,
    "PURCHASE",
    "ACTIVE",
    date(2025, 1, 1),
    date(2026, 12, 31),
    (ContractLine("SOC-FAM-SUPP", ()),),
    {},
    1,
)


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        (replace(OWN, to_date=date(2025, 2, 1)), PeriodInvalid),
        (replace(OWN, modes=(DeliveryMode.OTHER,)), ModeTextRequired),
        (replace(OWN, provider_id=None), ProviderRequired),
        (replace(GP, provider_id=None), ProviderRequired),
        (replace(VOUCHER, provider_id=SUPPORTER), ProviderNotAllowed),
    ],
)
def test_a_line_that_contradicts_itself_is_refused_PLAN_3(line: ServiceLine, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        check_terms(line)


def test_other_ways_are_described_and_e_service_needs_no_words_S1_22() -> None:
    check_terms(replace(OWN, modes=(DeliveryMode.OTHER,), mode_text="by letter"))
    check_terms(replace(OWN, modes=(DeliveryMode.E_SERVICE,)))


@pytest.mark.parametrize(
    ("entry", "refusal"),
    [
        (None, ServiceNotInCatalogue),
        (replace(ENTRY, arrangements=(Arrangement.OWN,)), ArrangementNotAllowed),
        (replace(ENTRY, unit=CareUnit.DAY), UnitMismatch),
    ],
)
def test_the_catalogue_decides_PLAN_3(entry: CatalogueEntryCopy | None, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        check_catalogue(PURCHASE, entry)
    check_catalogue(PURCHASE, ENTRY)


@pytest.mark.parametrize(
    ("provider", "unit", "refusal"),
    [
        (None, None, ProviderUnknown),
        (replace(PROVIDER, state="FROZEN"), None, ProviderNotApproved),
        (PROVIDER, uid(21), ProviderUnitUnknown),
    ],
)
def test_the_provider_is_approved_S1_23(
    provider: ProviderCopy | None, unit: UUID | None, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        check_provider(replace(PURCHASE, unit_id=unit), provider)
    check_provider(replace(PURCHASE, unit_id=uid(20)), PROVIDER)


@pytest.mark.parametrize(
    "contract",
    [
        replace(CONTRACT, state="SUSPENDED"),
        replace(CONTRACT, kind="VOUCHER"),
        replace(CONTRACT, provider_id=ENTERPRISE),
        replace(CONTRACT, valid_from=date(2025, 3, 2)),
        replace(CONTRACT, valid_to=date(2025, 2, 28)),
        replace(CONTRACT, lines=(ContractLine("SOC-DAY-OLD", ()),)),
        replace(CONTRACT, lines=(ContractLine("SOC-FAM-SUPP", (uid(21),)),)),
    ],
)
def test_no_provider_without_a_contract_in_force_S1_23(contract: ContractCopy) -> None:
    line = replace(PURCHASE, unit_id=uid(20))
    with pytest.raises(NoActiveContract):
        contract_covering(line, [contract], TODAY)
    assert contract_covering(line, [contract, CONTRACT], TODAY) is CONTRACT


@given(
    some.dates(date(2024, 6, 1), date(2027, 6, 1)),
    some.dates(date(2024, 6, 1), date(2027, 6, 1)),
    some.integers(0, 400),
)
def test_a_contract_covers_the_day_the_service_goes_on_S1_23(today: date, first: date, days: int) -> None:
    last = date.fromordinal(first.toordinal() + days)
    day = max(first, min(today, last))
    line = replace(PURCHASE, from_date=first, to_date=last)
    if CONTRACT.valid_from <= day <= CONTRACT.valid_to:
        assert contract_covering(line, [CONTRACT], today) is CONTRACT
    else:
        with pytest.raises(NoActiveContract):
            contract_covering(line, [CONTRACT], today)


@pytest.mark.parametrize(
    ("parameters", "weekdays"), [({}, 7), ({"weekdays": "3"}, 3), ({"weekdays": "0"}, 7), ({"weekdays": "soon"}, 7)]
)
def test_a_clause_sets_the_limit_S1_24(parameters: dict[str, str], weekdays: int) -> None:
    assert replace(CONTRACT, clauses={"CONSULT_RESPONSE": parameters}).weekdays("CONSULT_RESPONSE", 7) == weekdays


@pytest.mark.parametrize(("baseline", "target"), [(-3, 0), (0, 3)])
def test_goals_are_measured_on_five_steps_GOAL_2(baseline: int, target: int) -> None:
    with pytest.raises(ScaleInvalid):
        Goal(uid(1), "text", (), baseline, target)


def test_nothing_begins_for_a_closed_client_INV_16() -> None:
    with pytest.raises(ClientUnknown):
        check_client(None)
    for state in ("PROSPECT", "MOVED_OUT", "DECEASED", "MERGED"):
        with pytest.raises(ClientClosed):
            check_client(ClientCopy(CLIENT, state, (), False, 1))
    for state in ("REGISTERED", "ACTIVE", "DORMANT"):
        check_client(ClientCopy(CLIENT, state, (), False, 1))


def test_a_plan_rests_on_a_recent_assessment_of_the_client_S2_09() -> None:
    found = AssessmentCopy(uid(4), CLIENT, date(2025, 2, 18), True)
    check_assessment(found, CLIENT, date(2026, 2, 18), RULES)
    bad: list[tuple[Any, date]] = [
        (None, TODAY),
        (replace(found, client_id=uid(5)), TODAY),
        (replace(found, superseded=True), TODAY),
        (found, date(2026, 2, 19)),
    ]
    for assessment, today in bad:
        with pytest.raises(AssessmentMissing):
            check_assessment(assessment, CLIENT, today, RULES)


def test_the_operator_is_of_an_allowed_kind_S1_28() -> None:
    unit = (UnitCopy(uid(20), "u", "HSSC"),)
    enterprise = ProviderCopy(ENTERPRISE, "e", "PUBLIC", ("COUNTY_ENTERPRISE",), "APPROVED", unit, 1)
    centre = ProviderCopy(uid(102), "c", "PRIVATE", ("DIRECT_CHOICE_HSSC",), "APPROVED", unit, 1)
    dental = ProviderCopy(uid(104), "d", "PRIVATE", ("DIRECT_CHOICE_DENTAL",), "APPROVED", unit, 1)
    county, hssc = OperatorKind.COUNTY_ENTERPRISE, OperatorKind.DIRECT_CHOICE_HSSC
    check_operator(enterprise, county, uid(20), None, RULES)
    check_operator(centre, hssc, uid(20), centre.provider_id, RULES)
    with pytest.raises(ProviderUnitUnknown):
        check_operator(enterprise, county, uid(21), None, RULES)
    for chosen in (None, uid(103)):
        with pytest.raises(OperatorNotChosen):
            check_operator(centre, hssc, uid(20), chosen, RULES)
    for who, kind in ((centre, county), (dental, hssc), (None, county), (replace(enterprise, state="FROZEN"), county)):
        with pytest.raises(OperatorKindNotAllowed):
            check_operator(who, kind, uid(20), None, RULES)
    with pytest.raises(OperatorKindNotAllowed):
        check_operator(centre, hssc, uid(20), centre.provider_id, Rules(operator_kinds=(county,)))


def item(code: str, arrangement: Arrangement, units: int, provider: UUID | None = None) -> EnrolmentItem:
    return EnrolmentItem(code, code, arrangement, provider, units, None, FIRST, LAST, (), True)


def test_an_equal_service_is_linked_and_not_duplicated_PROCESS_B3() -> None:
    enrolment = uid(70)
    doctor = item("HLT-GP", Arrangement.DIRECT_CHOICE, 0, GP.provider_id)
    assert equal_line(FULL, doctor, enrolment, []) == GP
    linked = with_items(FULL, enrolment, {"HLT-GP": GP})
    assert len(linked.services) == len(FULL.services)
    again = linked.line(GP.plan_service_id)
    assert again is not None
    assert (again.enrolment_id, again.item_code) == (enrolment, "HLT-GP")
    assert equal_line(linked, doctor, enrolment, []) == again
    assert equal_line(linked, doctor, uid(71), []) is None


@pytest.mark.parametrize(
    "other",
    [
        item("HLT-GP", Arrangement.DIRECT_CHOICE, 2, GP.provider_id),
        item("HLT-GP", Arrangement.DIRECT_CHOICE, 0, uid(103)),
        item("HLT-GP", Arrangement.OWN, 0, GP.provider_id),
        replace(item("HLT-GP", Arrangement.DIRECT_CHOICE, 0), from_date=date(2026, 1, 1), to_date=date(2026, 2, 1)),
    ],
)
def test_another_quantity_provider_way_or_period_is_another_service_PROCESS_B3(other: EnrolmentItem) -> None:
    assert equal_line(FULL, other, uid(70), []) is None
    assert equal_line(FULL, item("HLT-GP", Arrangement.DIRECT_CHOICE, 0), uid(70), [GP.plan_service_id]) is None


def test_a_wish_takes_the_unit_of_the_catalogue_PLAN_3() -> None:
    wish = Wish("SOC-FAM-SUPP", Arrangement.PURCHASE, 6, FIRST, LAST)
    assert wish.line(replace(ENTRY, sensitive=True), uid(9)).unit is CareUnit.HOUR
    assert wish.line(replace(ENTRY, sensitive=True), uid(9)).sensitive
    with pytest.raises(ServiceNotInCatalogue):
        wish.line(None, uid(9))
