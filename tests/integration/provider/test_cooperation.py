"""Clauses by the county's templates, and a provider's standing (PROVIDER-6, S1.24, S1.43b, PROVIDER-4)."""

from datetime import date
from typing import Any

import pytest

from cli.stories.values import day
from sote.provider.v1 import (
    clause_pb2,
    clause_service_pb2_grpc,
    condition_pb2,
    condition_service_pb2,
    contract_pb2,
    contract_service_pb2,
    provider_pb2,
)
from sote.provider.v1 import clause_service_pb2 as clauses
from sote.provider.v1 import provider_service_pb2 as pb
from tests.api_server import ServedApi
from tests.builders.provider.calls import DENIED, INVALID, PRECONDITION, announced, drafted, refused, row
from tests.builders.provider.loader import Loader

MET = condition_pb2.EVIDENCE_STATE_MET


@pytest.fixture
def templates(served: ServedApi) -> Loader:
    """A stub of ClauseService."""
    return Loader(clause_service_pb2_grpc.ClauseServiceStub(served.channel), served.as_role)


def clause(code: str, **parameters: str) -> clause_pb2.ClauseFacts:
    return clause_pb2.ClauseFacts(code=code, parameters=parameters)


def standing(contract: contract_pb2.Contract, status: Any, **more: Any) -> pb.RecordStandingRequest:
    registration = provider_pb2.SupervisoryRegistration(register="SOTERI", number="7", state=status)
    return pb.RecordStandingRequest(name=f"providers/{contract.provider_id}", registration=registration, **more)


class TestTemplates:
    def test_the_county_owns_the_templates_S1_43b(self, ready: Loader, templates: Loader) -> None:
        held = templates.call("ListClauseTemplates", clauses.ListClauseTemplatesRequest(), "PRV").templates
        assert len(held) == 12
        number = clauses.CLAUSE_PARAMETER_KIND_NUMBER
        days = clauses.ClauseParameter(parameter="weekdays", kind=number, required=True, least=1, most=5)
        stricter = clauses.ClauseTemplate(code="CONSULT_RESPONSE", parameters=[days])
        put = clauses.PutClauseTemplateRequest(template=stricter)
        assert refused(templates, "PutClauseTemplate", put, "PRV")[0] is DENIED
        request = ready.contract_request(row("K05", "contracts"), clauses=[clause("CONSULT_RESPONSE", weekdays="9")])
        ready.call("DraftContract", request)
        for _ in range(2):
            assert templates.call("PutClauseTemplate", put) == stricter
        assert refused(ready, "DraftContract", request) == (INVALID, "INVALID_FIELD")
        days.least = 6
        wrong = clauses.ClauseTemplate(code="CONSULT_RESPONSE", parameters=[days])
        bad = clauses.PutClauseTemplateRequest(template=wrong)
        assert refused(templates, "PutClauseTemplate", bad) == (INVALID, "INVALID_FIELD")

    def test_a_clause_nobody_agreed_on_is_refused_in_contracts_and_conditions_S1_43b(self, ready: Loader) -> None:
        request = ready.contract_request(row("K05", "contracts"), clauses=[clause("EXCLUSIVE")])
        assert refused(ready, "DraftContract", request) == (PRECONDITION, "CLAUSE_UNKNOWN")
        version = condition_service_pb2.DraftConditionSetRequest(
            scope="VOUCHER", clauses=[clause("EXCLUSIVE")], valid_from=day(date(2025, 4, 1))
        )
        assert refused(ready, "DraftConditionSet", version) == (PRECONDITION, "CLAUSE_UNKNOWN")

    def test_a_clause_of_the_conditions_binds_a_contract_that_does_not_repeat_it_S2_28(self, ready: Loader) -> None:
        own = drafted(ready, clauses=[clause("REFERRAL", weekdays="2")])
        held = {one.code: dict(one.parameters) for one in own.clauses}
        assert held["HANDOVER"] == {"days": "14"}
        assert held["REFERRAL"] == {"weekdays": "2"}
        assert [one.code for one in own.own_clauses] == ["REFERRAL"]


class TestStanding:
    def test_the_county_records_what_the_registers_say_PROVIDER_6(
        self, ready: Loader, active: contract_pb2.Contract, database_url: str
    ) -> None:
        told = standing(
            active,
            provider_pb2.REGISTRATION_STATE_VALID,
            prepayment_register=True,
            insurance_valid_to=day(date(2026, 1, 31)),
            insurance_kind="PATIENT_AND_LIABILITY",
            self_monitoring_url="https://lumme.example/omavalvonta",
        )
        shown = ready.call("RecordStanding", told)
        assert shown.registration.number == "7"
        assert shown.insurance_kind == "PATIENT_AND_LIABILITY"
        assert shown.self_monitoring_url == told.self_monitoring_url
        fact = announced(database_url)[-1]
        assert (fact.DESCRIPTOR.name, fact.provider.version) == ("ProviderStandingChanged", int(shown.etag.strip('"')))

    def test_a_lost_registration_ends_the_contracts_before_the_provider_PROVIDER_4(
        self, ready: Loader, active: contract_pb2.Contract, database_url: str
    ) -> None:
        remove = pb.RemoveProviderRequest(name=f"providers/{active.provider_id}", reason="withdrawn")
        assert refused(ready, "RemoveProvider", remove) == (PRECONDITION, "CONTRACT_IN_FORCE")
        ready.call("RecordStanding", standing(active, provider_pb2.REGISTRATION_STATE_LOST))
        assert ready.call("RemoveProvider", remove).state == provider_pb2.PROVIDER_STATE_REMOVED
        ended, removed = announced(database_url)[-2:]
        assert (ended.DESCRIPTOR.name, ended.cause) == (
            "ContractTerminated",
            contract_pb2.TERMINATION_CAUSE_REGISTRATION_LOST,
        )
        assert removed.DESCRIPTOR.name == "ProviderRemoved"
        assert refused(ready, "RemoveProvider", remove) == (PRECONDITION, "ILLEGAL_TRANSITION")
        lost = standing(active, provider_pb2.REGISTRATION_STATE_VALID)
        assert refused(ready, "RecordStanding", lost) == (PRECONDITION, "ILLEGAL_TRANSITION")

    def test_no_contract_comes_into_force_without_a_registration_CONTRACT_3_CONTRACT_6(
        self, ready: Loader, active: contract_pb2.Contract
    ) -> None:
        other = ready.accept(drafted(ready))
        suspend = contract_service_pb2.SuspendContractRequest(
            name=active.name, grounds="x", effective_date=day(date(2025, 3, 11))
        )
        ready.call("SuspendContract", suspend)
        ready.call("RecordStanding", standing(active, provider_pb2.REGISTRATION_STATE_PENDING))
        activate, reinstate = (
            contract_service_pb2.ActivateContractRequest(name=other.name),
            contract_service_pb2.ReinstateContractRequest(name=active.name),
        )
        assert refused(ready, "ActivateContract", activate) == (PRECONDITION, "REGISTRATION_NOT_VALID")
        assert refused(ready, "ReinstateContract", reinstate) == (PRECONDITION, "REGISTRATION_NOT_VALID")

    def test_evidence_without_a_last_day_holds_until_it_is_renewed_S1_05c(self, ready: Loader) -> None:
        provider_id = ready.providers["P05"].uid
        found = condition_service_pb2.RecordEvidenceRequest(
            provider_id=provider_id, condition_code="STAFFING", state=MET
        )
        assert ready.call("RecordEvidence", found).valid_to == day(date(2026, 3, 11))
        found.state = condition_pb2.EVIDENCE_STATE_NOT_MET
        assert not ready.call("RecordEvidence", found).HasField("valid_to")

    def test_a_quality_criterion_is_met_by_what_was_measured_S1_05c(self, ready: Loader) -> None:
        quality = condition_pb2.Condition(
            code="FEEDBACK",
            text="Clients are content.",
            kind=condition_pb2.CONDITION_KIND_QUALITY,
            mandatory=True,
            metric="FEEDBACK_SCORE",
            threshold=70,
        )
        version = condition_service_pb2.DraftConditionSetRequest(
            scope="HLT-OT", conditions=[quality], valid_from=day(date(2025, 4, 1))
        )
        drafted_set = ready.call("DraftConditionSet", version)
        assert drafted_set.conditions[0] == quality
        ready.call("PublishConditionSet", condition_service_pb2.PublishConditionSetRequest(name=drafted_set.name))
        found = condition_service_pb2.RecordEvidenceRequest(
            provider_id=ready.providers["P05"].uid, condition_code="FEEDBACK", state=MET
        )
        assert refused(ready, "RecordEvidence", found) == (INVALID, "INVALID_FIELD")
        found.measured = 69
        assert refused(ready, "RecordEvidence", found) == (INVALID, "INVALID_FIELD")
        found.measured = 70
        assert ready.call("RecordEvidence", found).measured == 70
        found.condition_code = "STAFFING"
        assert refused(ready, "RecordEvidence", found) == (INVALID, "INVALID_FIELD")

    def test_a_line_tells_how_many_new_clients_it_takes_a_month_CONTRACT_4(
        self, ready: Loader, database_url: str
    ) -> None:
        line = ready.line("SOC-FAM-HOME", 3600)
        line.max_new_clients_month = 4
        assert drafted(ready, lines=[line]).lines[0].max_new_clients_month == 4
        assert announced(database_url)[-1].contract.lines[0].max_new_clients_month == 4
        line.max_new_clients_month = -1
        request = ready.contract_request(row("K05", "contracts"), lines=[line])
        assert refused(ready, "DraftContract", request) == (INVALID, "INVALID_FIELD")
