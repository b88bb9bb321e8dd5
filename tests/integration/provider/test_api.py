"""Providers, the catalogue and conditions as the callers of ProviderService meet them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import uuid4

import grpc
from google.protobuf.message import Message

from cli.stories.values import day
from sote.provider.v1 import (
    clause_pb2,
    condition_pb2,
    condition_service_pb2,
    provider_pb2,
    service_catalogue_service_pb2,
)
from sote.provider.v1 import provider_service_pb2 as pb
from tests.builders.provider.calls import DENIED, EXISTS, INVALID, PRECONDITION, announced, refused, row
from tests.builders.provider.loader import DATA, WORLD, Loader, application, read


class TestProviders:
    def test_refuses_a_wrong_business_id_and_a_foreign_oid_PROVIDER_1(self, loader: Loader) -> None:
        wrong = application(row("P05"), business_id="9000006-3")
        assert refused(loader, "ApplyProvider", wrong) == (INVALID, "BUSINESS_ID_INVALID")
        foreign = application(row("P05"), oid="1.2.246.10.90000011.10.0")
        assert refused(loader, "ApplyProvider", foreign) == (INVALID, "OID_INVALID")

    def test_a_business_id_stands_once_IDENTIFIER_2(self, loader: Loader) -> None:
        loader.call("ApplyProvider", application(row("P05")))
        again = application(row("P05"), display_name="Another name")
        assert refused(loader, "ApplyProvider", again) == (EXISTS, "PROVIDER_EXISTS")

    def test_the_county_has_one_enterprise_even_when_two_apply_at_once_S1_16(self, loader: Loader) -> None:
        roles = [provider_pb2.PROVIDER_ROLE_COUNTY_ENTERPRISE]
        requests = [application(row(code), roles=roles) for code in ("P01", "P02", "P03", "P04")]

        def apply(request: Message) -> str:
            try:
                loader.call("ApplyProvider", request)
            except grpc.RpcError as refusal:
                return refusal.details() or ""
            return "applied"

        with ThreadPoolExecutor(4) as callers:
            outcomes = list(callers.map(apply, requests))
        assert outcomes.count("applied") == 1
        assert len([told for told in outcomes if "county enterprise" in told]) == 3
        assert refused(loader, "ApplyProvider", requests[outcomes.index("applied") - 1])[1] == "ENTERPRISE_EXISTS"

    def test_approval_needs_evidence_of_statutory_conditions_PROVIDER_2(self, loader: Loader) -> None:
        loader.load_condition_sets()
        applied = loader.call("ApplyProvider", application(row("P05")))
        approve = pb.ApproveProviderRequest(name=applied.name)
        assert refused(loader, "ApproveProvider", approve) == (PRECONDITION, "CONDITION_NOT_MET")

    def test_freeze_unfreeze_remove_are_told_with_consecutive_versions_PROVIDER_3_PROVIDER_4(
        self, ready: Loader, database_url: str
    ) -> None:
        name = ready.providers["P05"].name
        frozen = ready.call("FreezeProvider", pb.FreezeProviderRequest(name=name, reason="deviations"))
        assert (frozen.state, frozen.state_reason) == (provider_pb2.PROVIDER_STATE_FROZEN, "deviations")
        request = ready.contract_request(row("K05", "contracts"))
        assert refused(ready, "DraftContract", request) == (PRECONDITION, "PROVIDER_NOT_APPROVED")
        ready.call("UnfreezeProvider", pb.UnfreezeProviderRequest(name=name, reason="remedied"))
        removed = ready.call("RemoveProvider", pb.RemoveProviderRequest(name=name, reason="closed down"))
        assert removed.state == provider_pb2.PROVIDER_STATE_REMOVED
        told = [fact.provider for fact in announced(database_url) if hasattr(fact, "provider")]
        assert [one.version for one in told] == list(range(1, len(told) + 1))
        assert [unit.code for unit in told[-1].units] == ["U14", "U15"]

    def test_units_have_codes_of_their_own_in_the_county(self, ready: Loader) -> None:
        other = ready.call("ApplyProvider", application(row("P06")))
        (unit,) = [one for one in read(WORLD / "units.yaml")["units"] if one["code"] == "U16"]
        taken = ready.unit_request(other.name, {**unit, "code": "U14"})
        assert refused(ready, "AddServiceUnit", taken) == (EXISTS, "UNIT_EXISTS")
        foreign = ready.unit_request(other.name, {**unit, "oid": "1.2.246.10.90000011.10.9"})
        assert refused(ready, "AddServiceUnit", foreign) == (INVALID, "OID_INVALID")

    def test_lists_come_in_pages_and_by_role(self, loader: Loader) -> None:
        for code in ("P05", "P06", "P10"):
            loader.call("ApplyProvider", application(row(code)))
        first = loader.call("ListProviders", pb.ListProvidersRequest(page_size=2))
        rest = loader.call("ListProviders", pb.ListProvidersRequest(page_size=2, page_token=first.next_page_token))
        assert len({one.uid for one in [*first.providers, *rest.providers]}) == 3
        purchased = pb.ListProvidersRequest(
            role=provider_pb2.PROVIDER_ROLE_PURCHASED, state=provider_pb2.PROVIDER_STATE_APPLICANT
        )
        (found,) = loader.call("ListProviders", purchased, "CLI").providers
        assert found.business_id == "9000012-6"
        assert loader.call("GetProvider", pb.GetProviderRequest(name=found.name)) == found
        missing = pb.GetProviderRequest(name=f"providers/{uuid4()}")
        assert refused(loader, "GetProvider", missing) == (grpc.StatusCode.NOT_FOUND, "PROVIDER_NOT_FOUND")


class TestCatalogueAndConditions:
    def test_an_equal_entry_changes_and_announces_nothing(self, loader: Loader, database_url: str) -> None:
        loader.load_catalogue()
        loader.load_catalogue()
        rows = read(DATA / "catalogue.yaml")["services"]
        told = announced(database_url)
        assert [fact.service.version for fact in told] == [1] * len(rows) == [1] * 36
        found = loader.call(
            "GetCatalogueService",
            service_catalogue_service_pb2.GetCatalogueServiceRequest(name="catalogueServices/HLT-OT"),
        )
        assert found.reference_price.cents == 7800
        found.reference_price.cents = 7900
        changed = loader.call(
            "PutCatalogueService", service_catalogue_service_pb2.PutCatalogueServiceRequest(service=found), "STE"
        )
        assert (changed.reference_price.cents, changed.etag) == (7900, '"2"')
        found.reference_price.cents = -1
        put = service_catalogue_service_pb2.PutCatalogueServiceRequest(service=found)
        assert refused(loader, "PutCatalogueService", put) == (INVALID, "INVALID_FIELD")
        unknown = service_catalogue_service_pb2.GetCatalogueServiceRequest(name="catalogueServices/NO-SUCH")
        assert refused(loader, "GetCatalogueService", unknown)[1] == "CATALOGUE_SERVICE_NOT_FOUND"

    def test_a_scope_has_one_draft_and_one_published_version_S1_23(self, loader: Loader, database_url: str) -> None:
        loader.load_condition_sets()
        draft = condition_service_pb2.DraftConditionSetRequest(scope="VOUCHER", valid_from=day(date(2025, 6, 1)))
        second = loader.call("DraftConditionSet", draft)
        assert second.number == 2
        assert refused(loader, "DraftConditionSet", draft) == (EXISTS, "CONDITION_SET_DRAFT_EXISTS")
        publish = condition_service_pb2.PublishConditionSetRequest(name=second.name)
        loader.call("PublishConditionSet", publish)
        assert refused(loader, "PublishConditionSet", publish) == (PRECONDITION, "ILLEGAL_TRANSITION")
        listed = loader.call(
            "ListConditionSets", condition_service_pb2.ListConditionSetsRequest(scope="VOUCHER")
        ).condition_sets
        assert {one.number: one.state for one in listed} == {
            1: condition_pb2.CONDITION_SET_STATE_SUPERSEDED,
            2: condition_pb2.CONDITION_SET_STATE_PUBLISHED,
        }
        told = [(fact.scope, fact.number) for fact in announced(database_url)]
        assert told[-1] == ("VOUCHER", 2)
        twice = condition_service_pb2.DraftConditionSetRequest(
            scope="PURCHASED",
            clauses=[clause_pb2.ClauseFacts(code="REFERRAL")] * 2,
            valid_from=day(date(2025, 1, 1)),
        )
        assert refused(loader, "DraftConditionSet", twice) == (INVALID, "INVALID_FIELD")

    def test_evidence_is_of_known_conditions_and_expires_S1_05c(self, ready: Loader) -> None:
        provider_id = ready.providers["P05"].uid
        unknown = condition_service_pb2.RecordEvidenceRequest(
            provider_id=provider_id, condition_code="NOBODY-ASKS", state=condition_pb2.EVIDENCE_STATE_MET
        )
        assert refused(ready, "RecordEvidence", unknown) == (PRECONDITION, "CONDITION_UNKNOWN")
        past = condition_service_pb2.RecordEvidenceRequest(
            provider_id=provider_id,
            condition_code="STAFFING",
            state=condition_pb2.EVIDENCE_STATE_MET,
            valid_to=day(date(2025, 3, 10)),
        )
        recorded = ready.call("RecordEvidence", past)
        assert recorded.state == condition_pb2.EVIDENCE_STATE_EXPIRED
        asked = condition_service_pb2.ListEvidenceRequest(provider_id=provider_id)
        listed = ready.call("ListEvidence", asked, "PRV", organisation=provider_id).evidence
        assert {one.condition_code: one.state for one in listed}["STAFFING"] == recorded.state
        stranger = refused(ready, "ListEvidence", asked, "PRV", organisation=str(uuid4()))
        assert stranger == (DENIED, "PROVIDER_MISMATCH")
