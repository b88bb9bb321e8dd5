"""The guards of a provider's approval, removal and units."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.kernel.refusal import IllegalTransition
from services.provider.domain.condition import ConditionKind, EvidenceState
from services.provider.domain.provider import ProviderState, Registration, RegistrationState
from services.provider.domain.refusals import (
    BusinessIdInvalid,
    ConditionNotMet,
    ContractInForce,
    OidInvalid,
    RegistrationNotValid,
    UnitExists,
)
from tests.builders.provider.contracts import LATER, TODAY, application, condition, evidence, provider, unit_terms

STATUTORY = condition("INSURANCE")
QUALITY = condition("STAFFING", ConditionKind.QUALITY)


def test_needs_a_valid_business_id_PROVIDER_1() -> None:
    with pytest.raises(BusinessIdInvalid):
        replace(application(), business_id="9000006-3")


def test_needs_its_own_oid_PROVIDER_1() -> None:
    with pytest.raises(OidInvalid):
        replace(application(), oid="1.2.246.10.90000011.10.0")


@pytest.mark.parametrize("status", [RegistrationState.PENDING, RegistrationState.LOST])
def test_needs_a_registration_in_force_PROVIDER_2(status: RegistrationState) -> None:
    registration = Registration(register="SOTERI", number="1", from_date=None, state=status)
    one = provider(ProviderState.APPLICANT, registration=registration)
    with pytest.raises(RegistrationNotValid):
        one.approve([], {}, now=LATER, day=TODAY)
    assert one.state is ProviderState.APPLICANT


@pytest.mark.parametrize(
    ("status", "valid_to"),
    [(EvidenceState.NOT_MET, None), (EvidenceState.MET, TODAY - timedelta(days=1))],
)
def test_needs_each_statutory_condition_met_PROVIDER_2(status: EvidenceState, valid_to: date | None) -> None:
    one = provider(ProviderState.APPLICANT)
    with pytest.raises(ConditionNotMet):
        one.approve([STATUTORY], {"INSURANCE": evidence("INSURANCE", status, valid_to)}, now=LATER, day=TODAY)
    with pytest.raises(ConditionNotMet):
        one.approve([STATUTORY], {}, now=LATER, day=TODAY)
    assert one.state is ProviderState.APPLICANT


def test_asks_for_statutory_conditions_only_and_evidence_holds_on_its_last_day_PROVIDER_2() -> None:
    one = provider(ProviderState.APPLICANT)
    found = {"INSURANCE": evidence("INSURANCE", valid_to=TODAY)}
    one.approve([STATUTORY, QUALITY], found, now=LATER, day=TODAY)
    assert one.state is ProviderState.APPROVED


def test_freezing_keeps_its_reason_until_unfrozen_PROVIDER_3() -> None:
    one = provider()
    one.freeze("overdue acknowledgements", now=LATER)
    assert one.state_reason == "overdue acknowledgements"
    one.unfreeze(now=LATER)
    assert (one.state, one.state_reason) == (ProviderState.APPROVED, "")


def test_refuses_while_a_contract_is_in_force_PROVIDER_4() -> None:
    one = provider()
    with pytest.raises(ContractInForce):
        one.remove("closing down", contract_in_force=True, now=LATER)
    assert one.state is ProviderState.APPROVED


def test_units_lie_below_the_organisation_and_have_codes_of_their_own() -> None:
    one = provider()
    one.add_unit(unit_terms(), unit_id=one.id, by="tester", now=LATER)
    with pytest.raises(UnitExists):
        one.add_unit(unit_terms(), unit_id=one.id, by="tester", now=LATER)
    with pytest.raises(OidInvalid):
        one.add_unit(unit_terms("U15", "1.2.246.10.90000011.10.1"), unit_id=one.id, by="tester", now=LATER)
    assert [unit.code for unit in one.units] == ["U14"]
    assert one.version == 2


def test_a_removed_provider_gets_no_unit() -> None:
    with pytest.raises(IllegalTransition):
        provider(ProviderState.REMOVED).add_unit(unit_terms(), unit_id=provider().id, by="tester", now=LATER)
