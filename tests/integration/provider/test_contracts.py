"""Contracts as the callers of ProviderService meet them."""

from datetime import date
from uuid import uuid4

import grpc

from cli.stories.values import day
from sote.provider.v1 import condition_pb2, condition_service_pb2, contract_pb2, contract_service_pb2
from sote.provider.v1 import provider_service_pb2 as pb
from tests.builders.provider.calls import DENIED, INVALID, PRECONDITION, announced, drafted, refused, row
from tests.builders.provider.loader import Loader


class TestContracts:
    def test_to_K3_a_contract_comes_into_force_CONTRACT_1(self, ready: Loader, database_url: str) -> None:
        draft = drafted(ready)
        assert draft.number.startswith("SOP-06-")
        codes = {clause.code for clause in draft.clauses}
        assert {"FOLLOW_PLAN", "REFERRAL", "PACKAGE_LINK"} <= codes
        ready.accept(draft)
        active = ready.call("ActivateContract", contract_service_pb2.ActivateContractRequest(name=draft.name))
        assert active.state == contract_pb2.CONTRACT_STATE_ACTIVE
        told = [fact.contract for fact in announced(database_url) if hasattr(fact, "contract")]
        assert [one.version for one in told] == [1, 2, 3]
        assert {clause.code for clause in told[-1].clauses} == codes
        assert (told[-1].valid_from.year, told[-1].valid_to.month) == (2025, 12)

    def test_refusals_are_typed_CONTRACT_1(self, ready: Loader) -> None:
        contract = row("K05", "contracts")
        for wrong, expected in (
            ({"kind": contract_pb2.CONTRACT_KIND_PURCHASE}, (INVALID, "INVALID_FIELD")),
            ({"condition_set_id": ready.sets["PURCHASED"].uid}, (PRECONDITION, "CONDITION_SET_NOT_PUBLISHED")),
            ({"condition_set_id": str(uuid4())}, (grpc.StatusCode.NOT_FOUND, "CONDITION_SET_NOT_FOUND")),
            ({"provider_id": str(uuid4())}, (grpc.StatusCode.NOT_FOUND, "PROVIDER_NOT_FOUND")),
            ({"valid_to": day(date(2024, 1, 1))}, (INVALID, "INVALID_FIELD")),
            ({"lines": []}, (INVALID, "INVALID_REQUEST")),
            ({"lines": [ready.line("HLT-GP", 0)]}, (PRECONDITION, "ARRANGEMENT_NOT_ALLOWED")),
            ({"lines": [ready.line("NO-SUCH", 0)]}, (PRECONDITION, "SERVICE_NOT_IN_CATALOGUE")),
            ({"lines": [ready.line("SOC-FAM-HOME", 1, [str(uuid4())])]}, (INVALID, "INVALID_FIELD")),
        ):
            assert refused(ready, "DraftContract", ready.contract_request(contract, **wrong)) == expected, wrong
        purchase = [contract_pb2.ServiceLineFacts(service_code="SOC-FAM-SUPP")]
        role = ready.contract_request(contract, kind=contract_pb2.CONTRACT_KIND_PURCHASE, lines=purchase)
        assert refused(ready, "DraftContract", role) == (PRECONDITION, "PROVIDER_ROLE_MISSING")

    def test_only_the_provider_accepts_and_exactly_what_stands_CONTRACT_2(self, ready: Loader) -> None:
        draft = drafted(ready)
        request = contract_service_pb2.AcceptConditionsRequest(
            name=draft.name,
            condition_set_id=draft.condition_set_id,
            condition_set_number=draft.condition_set_number,
            clause_codes=[one.code for one in draft.clauses][1:],
        )
        own = {"role": "PRV", "organisation": draft.provider_id}
        assert refused(ready, "AcceptConditions", request, **own) == (PRECONDITION, "CONDITIONS_MISMATCH")
        stranger = refused(ready, "AcceptConditions", request, "PRV", organisation=str(uuid4()))
        assert stranger == (DENIED, "PROVIDER_MISMATCH")
        assert refused(ready, "AcceptConditions", request)[0] is DENIED
        activate = contract_service_pb2.ActivateContractRequest(name=draft.name)
        assert refused(ready, "ActivateContract", activate) == (PRECONDITION, "ILLEGAL_TRANSITION")

    def test_an_unmet_mandatory_condition_stops_activation_S1_05c(self, ready: Loader) -> None:
        draft = ready.accept(drafted(ready))
        ready.call(
            "RecordEvidence",
            condition_service_pb2.RecordEvidenceRequest(
                provider_id=draft.provider_id,
                condition_code="STAFFING",
                state=condition_pb2.EVIDENCE_STATE_NOT_MET,
            ),
        )
        activate = contract_service_pb2.ActivateContractRequest(name=draft.name)
        assert refused(ready, "ActivateContract", activate) == (PRECONDITION, "CONDITION_NOT_MET")

    def test_a_price_above_the_value_stops_activation_MONEY_2(self, ready: Loader) -> None:
        dear = ready.accept(drafted(ready, lines=[ready.line("SOC-FAM-HOME", 3601)]))
        activate = contract_service_pb2.ActivateContractRequest(name=dear.name)
        assert refused(ready, "ActivateContract", activate) == (PRECONDITION, "PRICE_ABOVE_VALUE")

    def test_not_before_its_first_day_CONTRACT_3(self, ready: Loader) -> None:
        later = ready.accept(drafted(ready, valid_from=day(date(2025, 3, 12))))
        activate = contract_service_pb2.ActivateContractRequest(name=later.name)
        assert refused(ready, "ActivateContract", activate) == (PRECONDITION, "OUTSIDE_VALIDITY")

    def test_withdraws_what_never_came_into_force_CONTRACT_10(self, ready: Loader) -> None:
        draft = drafted(ready)
        withdrawn = ready.call(
            "WithdrawContract", contract_service_pb2.WithdrawContractRequest(name=draft.name, etag=draft.etag)
        )
        assert withdrawn.state == contract_pb2.CONTRACT_STATE_WITHDRAWN
        stale = contract_service_pb2.WithdrawContractRequest(name=draft.name, etag=draft.etag)
        assert refused(ready, "WithdrawContract", stale) == (grpc.StatusCode.ABORTED, "VERSION_CONFLICT")

    def test_a_provider_with_a_contract_in_force_stays_PROVIDER_4(self, ready: Loader) -> None:
        draft = ready.accept(drafted(ready))
        ready.call("ActivateContract", contract_service_pb2.ActivateContractRequest(name=draft.name))
        remove = pb.RemoveProviderRequest(name=ready.providers["P05"].name, reason="closed down")
        assert refused(ready, "RemoveProvider", remove) == (PRECONDITION, "CONTRACT_IN_FORCE")

    def test_a_providers_staff_sees_its_own_contracts_ACCESS_3(self, ready: Loader) -> None:
        draft = drafted(ready)
        get, everything = (
            contract_service_pb2.GetContractRequest(name=draft.name),
            contract_service_pb2.ListContractsRequest(),
        )
        own, other = draft.provider_id, str(uuid4())
        assert ready.call("GetContract", get, "PRV", organisation=own) == draft
        assert refused(ready, "GetContract", get, "PRV", organisation=other) == (DENIED, "PROVIDER_MISMATCH")
        assert list(ready.call("ListContracts", everything, "PRV", organisation=own).contracts) == [draft]
        assert not ready.call("ListContracts", everything, "PRV", organisation=other).contracts
        by_state = contract_service_pb2.ListContractsRequest(provider_id=own, state=contract_pb2.CONTRACT_STATE_ACTIVE)
        assert not ready.call("ListContracts", by_state).contracts
        summaries = pb.BatchGetProviderSummariesRequest(provider_ids=[own, other])
        (summary,) = ready.call("BatchGetProviderSummaries", summaries, "SYS").summaries
        assert not summary.contracts

    def test_a_repeated_draft_is_answered_as_the_first(self, ready: Loader) -> None:
        request_id = str(uuid4())
        first = drafted(ready, request_id=request_id)
        assert drafted(ready, request_id=request_id) == first
        reused = ready.contract_request(row("K05", "contracts"), request_id=request_id, notice_days=30)
        assert refused(ready, "DraftContract", reused) == (PRECONDITION, "IDEMPOTENCY_KEY_REUSED")
