"""CareplanService as its callers meet it: answers, states, reasons, repeats, etags, pages, simultaneous callers."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import grpc
import pytest

from sote.careplan.v1 import acknowledgement_pb2, consultation_pb2, delivery_pb2, plan_pb2
from sote.careplan.v1 import careplan_service_pb2 as rpc
from sote.careplan.v1.section_pb2 import PlanSection
from sote.type.v1 import section_pb2
from tests.builders.careplan.api import Town, delivering, told

pytestmark = pytest.mark.integration
PRECONDITION, DENIED, INVALID = "FAILED_PRECONDITION", "PERMISSION_DENIED", "INVALID_ARGUMENT"


def test_a_plan_from_draft_to_its_end(town: Town) -> None:
    plan = town.active("ann", town.support(2))
    assert (plan.state, plan.major, plan.minor) == (plan_pb2.PLAN_STATE_ACTIVE, 1, 0)
    assert plan.number.startswith("AS-06-")
    (asked,) = plan.acknowledgements
    given = town.call("AcknowledgePlan", rpc.AcknowledgePlanRequest(name=plan.name, version_number="1.0"), "P10", "PRV")
    assert (given.name, given.state) == (asked.name, acknowledgement_pb2.ACKNOWLEDGEMENT_STATE_ACKNOWLEDGED)
    delivery = town.call("RecordDelivery", delivering(town, "ann", units=2), "P10", "PRV")
    assert (delivery.conforms, delivery.plan_service_id) == (True, plan.services[0].line.plan_service_id)
    read = town.call("GetPlan", rpc.GetPlanRequest(name=plan.name))
    assert read.services[0].state == plan_pb2.PLAN_SERVICE_STATE_COMPLETED
    close = rpc.ClosePlanRequest(name=plan.name, reason=rpc.CLOSE_REASON_GOALS_MET, etag=read.etag)
    assert town.call("ClosePlan", close).state == plan_pb2.PLAN_STATE_CLOSED


def test_versions_are_read_as_they_were_INV_24(town: Town) -> None:
    plan = town.active("bea", town.support())
    version = town.call("GetPlanVersion", rpc.GetPlanVersionRequest(name=f"{plan.name}/versions/1.0"), "P10", "PRV")
    assert (version.kind, version.supersedes, len(version.digest)) == (plan_pb2.PLAN_VERSION_KIND_MAJOR, "", 64)
    assert version.services[0].contract_id == town.id("K-P10")
    unknown = rpc.GetPlanVersionRequest(name=f"{plan.name}/versions/1.1")
    assert town.refused("GetPlanVersion", unknown) == ("NOT_FOUND", "PLAN_VERSION_UNKNOWN")


def test_to_P14_a_review_discarded_and_one_that_comes_into_force_PLAN_11(town: Town) -> None:
    plan = town.active("cid", town.support())
    start = rpc.StartReviewRequest(name=plan.name, cause=plan_pb2.REVIEW_CAUSE_SCHEDULED)
    assert town.call("StartReview", start).draft.cause == plan_pb2.REVIEW_CAUSE_SCHEDULED
    discarded = town.call("DiscardReview", rpc.DiscardReviewRequest(name=plan.name, reason="later"))
    assert not discarded.HasField("draft")
    town.call("StartReview", start)
    own = town.line("SOC-FAM-WORK", "OWN", "P01", 10)
    town.call("EditDraft", rpc.EditDraftRequest(name=plan.name, put_services=[own]))
    assert not town.call("StartConsultation", rpc.StartConsultationRequest(name=plan.name)).consultations
    again = town.call("ActivateVersion", rpc.ActivateVersionRequest(name=plan.name))
    assert (again.major, len(again.services)) == (2, 2)
    done = rpc.CompletePlanServiceRequest(name=plan.name, plan_service_id=again.services[1].line.plan_service_id)
    assert town.call("CompletePlanService", done).services[1].state == plan_pb2.PLAN_SERVICE_STATE_COMPLETED


def test_to_P8_objection_return_and_refusal_PLAN_4(town: Town) -> None:
    plan = town.drafted("dan", town.support())
    (asked,) = town.call("StartConsultation", rpc.StartConsultationRequest(name=plan.name)).consultations
    objects = consultation_pb2.CONSULTATION_OUTCOME_OBJECTED
    silent = rpc.RespondToConsultationRequest(name=asked.name, outcome=objects)
    assert town.refused("RespondToConsultation", silent, "P10", "PRV") == (INVALID, "TEXT_REQUIRED")
    silent.text = "too little"
    town.call("RespondToConsultation", silent, "P10", "PRV")
    activate = rpc.ActivatePlanRequest(name=plan.name)
    assert town.refused("ActivatePlan", activate) == (PRECONDITION, "OBJECTION_UNRESOLVED")
    town.call("ResolveObjection", rpc.ResolveObjectionRequest(name=asked.name, resolution="seen in autumn"))
    back = town.call("ReturnToDraft", rpc.ReturnToDraftRequest(name=plan.name, reason="a spelling"))
    assert back.state == plan_pb2.PLAN_STATE_DRAFT
    kept = town.call("StartConsultation", rpc.StartConsultationRequest(name=plan.name)).consultations
    assert [one.name for one in kept] == [asked.name]
    town.call("ActivatePlan", activate)
    refuse = rpc.RefusePlanRequest(name=plan.name, reason=acknowledgement_pb2.REFUSAL_REASON_CAPACITY)
    assert not town.call("RefusePlan", refuse, "P10", "PRV").breach
    assert town.refused("RefusePlan", refuse, "P10", "PRV") == (DENIED, "NO_RELATIONSHIP")


def test_who_has_no_part_sees_nothing_and_not_even_that_S1_42(town: Town) -> None:
    plan = town.active("eve", town.support())
    get = rpc.GetPlanRequest(name=plan.name)
    missing = rpc.GetPlanRequest(name=f"plans/{uuid4()}")
    assert town.call("GetPlan", get, "P10", "PRV").name == plan.name
    assert town.refused("GetPlan", get, "P07", "PRV") == (DENIED, "NO_RELATIONSHIP")
    assert town.refused("GetPlan", missing, "P07", "PRV") == (DENIED, "NO_RELATIONSHIP")
    assert town.refused("GetPlan", get, "county", "FIN")[0] == DENIED
    listing = rpc.ListPlansRequest(client_id=town.id("eve"))
    assert len(town.call("ListPlans", listing, "P10", "PRV").plans) == 1
    assert not town.call("ListPlans", listing, "P07", "PRV").plans
    deliveries = rpc.ListDeliveriesRequest(client_id=town.id("eve"))
    town.call("RecordDelivery", delivering(town, "eve"), "P10", "PRV")
    town.call("RecordDelivery", delivering(town, "eve", service_code="HLT-OT"), "P07", "PRV")
    assert len(town.call("ListDeliveries", deliveries).deliveries) == 2
    (own,) = town.call("ListDeliveries", deliveries, "P07", "PRV").deliveries
    assert own.deviation == delivery_pb2.DEVIATION_KIND_NOT_IN_PLAN


def test_a_providers_inbox_has_pages_of_its_own_requests(town: Town) -> None:
    names = {town.active(f"page-{number}", town.support()).name for number in range(3)}
    request = rpc.ListAcknowledgementsRequest(state=acknowledgement_pb2.ACKNOWLEDGEMENT_STATE_PENDING, page_size=1)
    seen: list[str] = []
    while True:
        page = town.call("ListAcknowledgements", request, "P10", "PRV")
        seen += [f"plans/{one.plan_id}" for one in page.acknowledgements]
        request.page_token = page.next_page_token
        if not page.next_page_token:
            break
    assert names <= set(seen)
    assert len(seen) == len(set(seen))
    request.page_token = "x"
    assert town.refused("ListAcknowledgements", request, "P10", "PRV") == (INVALID, "INVALID_FIELD")
    consultations = rpc.ListConsultationsRequest(client_id=town.id("page-1"))
    assert len(town.call("ListConsultations", consultations, "P10", "PRV").consultations) == 1
    assert not town.call("ListConsultations", consultations, "P02", "HSP").consultations


def test_the_section_is_given_to_its_readers(town: Town) -> None:
    plan = town.active("fay", town.support())
    request = section_pb2.GetSectionsRequest(client_ids=[town.id("fay")])
    (found,) = town.call("GetSections", request).sections
    assert PlanSection.FromString(found.body).number == plan.number
    assert found.section == "sote.careplan.v1.PlanSection"
    assert not town.call("GetSections", request, "county", "FIN").sections


def test_a_repeat_gives_the_first_answer_and_another_payload_is_refused_GUARANTEE_2(town: Town) -> None:
    client_id, request_id = town.client("gus"), str(uuid4())
    request = town.drafting(client_id, request_id=request_id)
    first, again = town.call("DraftPlan", request), town.call("DraftPlan", request)
    assert first == again
    request.client_id = town.client("hal")
    assert town.refused("DraftPlan", request) == (PRECONDITION, "IDEMPOTENCY_KEY_REUSED")


def test_of_eight_simultaneous_drafts_one_wins_INV_01(town: Town) -> None:
    request = town.drafting(town.client("ida"))

    def draft(_: int) -> tuple[str, str]:
        try:
            town.call("DraftPlan", request)
        except grpc.RpcError as error:
            return told(error)
        return "OK", ""

    with ThreadPoolExecutor(8) as pool:
        outcomes = sorted(pool.map(draft, range(8)))
    assert outcomes == [("ALREADY_EXISTS", "OPEN_PLAN_EXISTS")] * 7 + [("OK", "")]
    assert len(town.call("ListPlans", rpc.ListPlansRequest(client_id=request.client_id)).plans) == 1


def test_of_eight_simultaneous_deliveries_no_unit_is_counted_twice_PLAN_10(town: Town) -> None:
    plan = town.active("joe", town.support(5))

    def deliver(number: int) -> bool:
        request = delivering(town, "joe", external_ref=f"joe-{number}")
        return bool(town.call("RecordDelivery", request, "P10", "PRV").conforms)

    with ThreadPoolExecutor(8) as pool:
        conforming = sum(pool.map(deliver, range(8)))
    (service,) = town.call("GetPlan", rpc.GetPlanRequest(name=plan.name)).services
    assert (conforming, service.units_delivered) == (5, 5)
    assert service.state == plan_pb2.PLAN_SERVICE_STATE_COMPLETED


def test_a_reference_recorded_twice_at_once_is_kept_once_PLAN_10(town: Town) -> None:
    town.active("kai", town.support(50))
    request = delivering(town, "kai", external_ref="same")

    def deliver(_: int) -> str:
        try:
            town.call("RecordDelivery", request, "P10", "PRV")
        except grpc.RpcError as error:
            return told(error)[1]
        return "OK"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(deliver, range(4))) == ["DUPLICATE"] * 3 + ["OK"]
