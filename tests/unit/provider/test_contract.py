"""The guards of a contract and of what it says."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.kernel.care import Arrangement
from services.kernel.refusal import InvalidValue
from services.provider.domain.condition import Clause, ConditionKind, ConditionSetState, EvidenceState
from services.provider.domain.contract import Contract, ContractState
from services.provider.domain.contract_refusals import (
    ClauseMissing,
    ConditionsMismatch,
    OutsideValidity,
    PriceAboveValue,
)
from services.provider.domain.provider import ProviderRole, ProviderState
from services.provider.domain.refusals import (
    ArrangementNotAllowed,
    ConditionNotMet,
    ConditionSetNotPublished,
    ProviderMismatch,
    ProviderNotApproved,
    ProviderRoleMissing,
    ServiceNotInCatalogue,
)
from services.provider.domain.terms import ContractKind, check_draft
from tests.builders.provider.contracts import (
    LATER,
    TODAY,
    condition,
    conditions,
    contract,
    entry,
    evidence,
    line,
    provider,
    renamed,
    terms,
)

CATALOGUE = {"SOC-FAM-HOME": entry()}
NEEDED = ("GUIDANCE_DUTY", "FOLLOW_PLAN", "ACCEPT_ALL")
ACCEPTED = ContractState.CONDITIONS_ACCEPTED


def activate(one: Contract, **differently: Any) -> None:
    values: dict[str, Any] = {
        "provider": provider(),
        "conditions": conditions(),
        "evidence": {},
        "catalogue": CATALOGUE,
        "day": TODAY,
        "now": LATER,
    }
    one.activate(**(values | differently))


class TestDraft:
    @pytest.mark.parametrize("state", [ProviderState.APPLICANT, ProviderState.FROZEN, ProviderState.REMOVED])
    def test_needs_an_approved_provider_CONTRACT_1(self, state: ProviderState) -> None:
        with pytest.raises(ProviderNotApproved):
            check_draft(terms(), provider=provider(state), conditions=conditions(), catalogue=CATALOGUE)

    @pytest.mark.parametrize(
        "kind", [ContractKind.INTERNAL_ASSIGNMENT, ContractKind.DIRECT_CHOICE, ContractKind.PURCHASE]
    )
    def test_needs_the_role_of_the_kind_CONTRACT_1(self, kind: ContractKind) -> None:
        with pytest.raises(ProviderRoleMissing):
            check_draft(terms(kind), provider=provider(), conditions=conditions(), catalogue=CATALOGUE)

    @pytest.mark.parametrize("state", [ConditionSetState.DRAFT, ConditionSetState.SUPERSEDED])
    def test_needs_published_conditions_CONTRACT_1(self, state: ConditionSetState) -> None:
        with pytest.raises(ConditionSetNotPublished):
            check_draft(terms(), provider=provider(), conditions=conditions(state), catalogue=CATALOGUE)

    def test_needs_conditions_of_its_own_role_CONTRACT_1(self) -> None:
        with pytest.raises(ConditionSetNotPublished):
            check_draft(terms(), provider=provider(), conditions=conditions(scope="PURCHASED"), catalogue=CATALOGUE)

    def test_conditions_may_be_those_of_a_service_CONTRACT_1(self) -> None:
        of_service = conditions(scope="SOC-FAM-HOME")
        check_draft(terms(), provider=provider(), conditions=of_service, catalogue=CATALOGUE)

    def test_needs_services_of_the_catalogue_CONTRACT_1(self) -> None:
        with pytest.raises(ServiceNotInCatalogue):
            check_draft(terms(), provider=provider(), conditions=conditions(), catalogue={})

    def test_needs_an_arrangement_the_catalogue_allows_CATALOGUE_3(self) -> None:
        own_only = {"SOC-FAM-HOME": entry("SOC-FAM-HOME", 3600, Arrangement.OWN)}
        with pytest.raises(ArrangementNotAllowed):
            check_draft(terms(), provider=provider(), conditions=conditions(), catalogue=own_only)

    def test_a_line_names_the_providers_own_units(self) -> None:
        elsewhere = replace(terms(), lines=(line(units=(uuid4(),)),))
        with pytest.raises(InvalidValue):
            check_draft(elsewhere, provider=provider(), conditions=conditions(), catalogue=CATALOGUE)

    def test_the_enterprise_gets_an_internal_assignment_CONTRACT_1(self) -> None:
        enterprise = provider(roles=(ProviderRole.COUNTY_ENTERPRISE,))
        own = terms(ContractKind.INTERNAL_ASSIGNMENT)
        of_enterprise = conditions(scope="COUNTY_ENTERPRISE")
        assert check_draft(own, provider=enterprise, conditions=of_enterprise, catalogue=CATALOGUE) == ()

    def test_clauses_of_the_conditions_are_inherited_and_may_be_set_apart_S2_28(self) -> None:
        inherits = conditions(clauses=(Clause("FOLLOW_PLAN"), Clause("REFERRAL", {"weekdays": "5"})))
        own = replace(terms(), own_clauses=(Clause("REFERRAL", {"weekdays": "3"}), Clause("PACKAGE_LINK")))
        clauses = check_draft(own, provider=provider(), conditions=inherits, catalogue=CATALOGUE)
        assert [(one.code, dict(one.parameters)) for one in clauses] == [
            ("FOLLOW_PLAN", {}),
            ("PACKAGE_LINK", {}),
            ("REFERRAL", {"weekdays": "3"}),
        ]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"valid_to": date(2024, 12, 31)},
            {"lines": ()},
            {"lines": (line(), line())},
            {"lines": (line(cents=-1),)},
            {"lines": (line(voucher=False),)},
            {"own_clauses": (Clause("REFERRAL"), Clause("REFERRAL"))},
            {"own_clauses": (Clause(""),)},
        ],
    )
    def test_terms_that_contradict_themselves_are_refused(self, wrong: dict[str, Any]) -> None:
        with pytest.raises(InvalidValue):
            replace(terms(), **wrong)


class TestAcceptConditions:
    def test_only_the_provider_accepts_CONTRACT_2(self) -> None:
        one = contract()
        with pytest.raises(ProviderMismatch):
            one.accept_conditions(one.condition_set_id, 2, [], by=str(uuid4()), now=LATER)
        with pytest.raises(ProviderMismatch):
            one.accept_conditions(one.condition_set_id, 2, [], by="county", now=LATER)

    def test_accepts_exactly_the_version_CONTRACT_2(self) -> None:
        one = contract()
        for set_id, number in ((one.condition_set_id, 1), (uuid4(), 2)):
            with pytest.raises(ConditionsMismatch):
                one.accept_conditions(set_id, number, [], by=str(one.provider_id), now=LATER)

    @pytest.mark.parametrize("codes", [[], ["FOLLOW_PLAN"], ["REFERRAL", "FOLLOW_PLAN", "LIAISON"]])
    def test_accepts_exactly_the_clauses_CONTRACT_2(self, codes: list[str]) -> None:
        one = contract(agreed=renamed(terms(), "FOLLOW_PLAN", "REFERRAL"))
        with pytest.raises(ConditionsMismatch):
            one.accept_conditions(one.condition_set_id, 2, codes, by=str(one.provider_id), now=LATER)
        assert one.state is ContractState.DRAFT
        one.accept_conditions(one.condition_set_id, 2, ["REFERRAL", "FOLLOW_PLAN"], by=str(one.provider_id), now=LATER)
        assert one.state is ACCEPTED


class TestActivate:
    def test_refuses_an_unmet_mandatory_condition_S1_05c(self) -> None:
        asked = conditions(asked=(condition("STAFFING", ConditionKind.QUALITY),))
        for found in ({}, {"STAFFING": evidence("STAFFING", EvidenceState.NOT_MET)}):
            one = contract(ACCEPTED)
            with pytest.raises(ConditionNotMet):
                activate(one, conditions=asked, evidence=found)
            assert one.state is ACCEPTED

    def test_evidence_must_not_have_expired_CONTRACT_3(self) -> None:
        asked = conditions(asked=(condition("STAFFING"),))
        yesterday = {"STAFFING": evidence("STAFFING", valid_to=TODAY - timedelta(days=1))}
        with pytest.raises(ConditionNotMet):
            activate(contract(ACCEPTED), conditions=asked, evidence=yesterday)
        one = contract(ACCEPTED)
        activate(one, conditions=asked, evidence={"STAFFING": evidence("STAFFING", valid_to=TODAY)})
        assert one.state is ContractState.ACTIVE

    def test_a_condition_that_is_not_mandatory_may_wait_CONTRACT_3(self) -> None:
        one = contract(ACCEPTED)
        activate(one, conditions=conditions(asked=(condition("CLIENT-FEEDBACK", mandatory=False),)))
        assert one.state is ContractState.ACTIVE

    @pytest.mark.parametrize("missing", NEEDED)
    def test_direct_choice_needs_its_clauses_S1_13(self, missing: str) -> None:
        present = [code for code in NEEDED if code != missing]
        one = contract(ACCEPTED, agreed=renamed(terms(ContractKind.DIRECT_CHOICE), *present))
        with pytest.raises(ClauseMissing):
            activate(one)
        whole = contract(ACCEPTED, agreed=renamed(terms(ContractKind.DIRECT_CHOICE), *NEEDED))
        activate(whole)
        assert whole.state is ContractState.ACTIVE

    def test_a_voucher_price_stays_within_the_countys_value_MONEY_2(self) -> None:
        with pytest.raises(PriceAboveValue):
            activate(contract(ACCEPTED, agreed=replace(terms(), lines=(line(cents=3601),))))
        one = contract(ACCEPTED, agreed=replace(terms(), lines=(line(cents=3600),)))
        activate(one)
        assert one.state is ContractState.ACTIVE

    def test_own_production_may_cost_more_than_the_value_MONEY_2(self) -> None:
        own = replace(terms(ContractKind.INTERNAL_ASSIGNMENT), lines=(line(cents=9000, voucher=False),))
        one = contract(ACCEPTED, agreed=own)
        activate(one)
        assert one.state is ContractState.ACTIVE

    @pytest.mark.parametrize("day", [date(2024, 12, 31), date(2027, 1, 1)])
    def test_refuses_a_day_outside_the_period_CONTRACT_3(self, day: date) -> None:
        with pytest.raises(OutsideValidity):
            activate(contract(ACCEPTED), day=day)

    @pytest.mark.parametrize("day", [date(2025, 1, 1), date(2026, 12, 31)])
    def test_both_ends_of_the_period_are_inside_CONTRACT_3(self, day: date) -> None:
        one = contract(ACCEPTED)
        activate(one, day=day)
        assert one.state is ContractState.ACTIVE

    def test_refuses_a_provider_that_is_not_approved_any_more_CONTRACT_3(self) -> None:
        with pytest.raises(ProviderNotApproved):
            activate(contract(ACCEPTED), provider=provider(ProviderState.FROZEN))

    def test_refuses_a_service_that_left_the_catalogue_CONTRACT_3(self) -> None:
        with pytest.raises(ServiceNotInCatalogue):
            activate(contract(ACCEPTED), catalogue={})
