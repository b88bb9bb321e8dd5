"""A plan holds the sections that special acts ask for: one document, one version number (S2.15)."""

from typing import Any

import grpc
import pytest
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from services.careplan.operations.neighbours import keep_catalogue_entry
from services.careplan.wire import neighbours as wire
from sote.careplan.v1 import careplan_service_pb2 as rpc
from sote.careplan.v1 import consultation_pb2, plan_pb2, statutory_pb2
from sote.careplan.v1.section_pb2 import PlanSection
from sote.provider.v1 import events_pb2 as provider
from sote.type.v1 import care_pb2, section_pb2
from tests.builders.careplan.api import Town

pytestmark = pytest.mark.integration
CHILD = statutory_pb2.ChildWelfareClientPlan(
    support_needed="a", circumstances_to_influence="b", services_and_support="c", estimated_time="d"
)
REHABILITATION = statutory_pb2.RehabilitationPlan(need="a", aims="b", content="c")


def sections(*, meetings: str = "") -> list[statutory_pb2.StatutorySection]:
    child = statutory_pb2.ChildWelfareClientPlan(personal_meetings=meetings)
    child.MergeFrom(CHILD)
    return [
        statutory_pb2.StatutorySection(child_welfare_client_plan=child),
        statutory_pb2.StatutorySection(rehabilitation_plan=REHABILITATION),
    ]


@pytest.fixture
def plan(town: Town, request: Any) -> plan_pb2.Plan:
    """A draft with a service of child welfare and a therapy."""
    task = provider.CatalogueFacts(
        service_code="SOC-FAM-SUPP",
        arrangements=[care_pb2.ARRANGEMENT_PURCHASE],
        unit=care_pb2.CARE_UNIT_MONTH,
        task=care_pb2.SERVICE_TASK_LASTENSUOJELU,
        sensitive=True,
        version=2,
    )
    town.tell(lambda world: keep_catalogue_entry(world.session, entry=wire.catalogue_entry(task)))
    made = town.drafted(request.node.name, town.support(), town.line("HLT-PHYSIO", "VOUCHER", units=5))
    town.call("StartConsultation", rpc.StartConsultationRequest(name=made.name))
    back: plan_pb2.Plan = town.call("ReturnToDraft", rpc.ReturnToDraftRequest(name=made.name, reason="sections"))
    return back


def activate(town: Town, plan: plan_pb2.Plan, **edited: Any) -> plan_pb2.Plan:
    town.call("EditDraft", rpc.EditDraftRequest(name=plan.name, **edited))
    for one in town.call("StartConsultation", rpc.StartConsultationRequest(name=plan.name)).consultations:
        agree = rpc.RespondToConsultationRequest(name=one.name, outcome=consultation_pb2.CONSULTATION_OUTCOME_AGREED)
        town.call("RespondToConsultation", agree, "P10", "PRV")
    active: plan_pb2.Plan = town.call("ActivatePlan", rpc.ActivatePlanRequest(name=plan.name))
    return active


def test_a_plan_without_its_section_does_not_come_into_force_and_the_act_is_told_S2_15(
    town: Town, plan: plan_pb2.Plan
) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        activate(town, plan, put_statutory_sections=sections())
    status = rpc_status.from_call(caught.value)
    assert status is not None
    info = error_details_pb2.ErrorInfo()
    status.details[0].Unpack(info)
    assert (info.reason, info.metadata["rule"]) == ("STATUTORY_SECTION_MISSING", "S2.15")
    assert info.metadata["legal_basis"] == "Child Welfare Act (417/2007) 30 §"
    assert "personal_meetings" in status.message
    assert town.call("GetPlan", rpc.GetPlanRequest(name=plan.name)).major == 0


def test_a_plan_with_two_sections_is_one_aggregate_with_one_version_S2_15(town: Town, plan: plan_pb2.Plan) -> None:
    active = activate(town, plan, put_statutory_sections=sections(meetings="weekly"))
    assert (active.major, active.minor) == (1, 0)
    assert [one.legal_basis for one in active.statutory_sections] == [
        "Child Welfare Act (417/2007) 30 §",
        "Health Care Act (1326/2010) 29 §",
    ]
    asked_by = [list(one.plan_service_ids) for one in active.statutory_sections]
    assert asked_by == [[one.line.plan_service_id] for one in active.services]
    version = town.call("GetPlanVersion", rpc.GetPlanVersionRequest(name=f"{plan.name}/versions/1.0"))
    assert list(version.statutory_sections) == list(active.statutory_sections)
    request = section_pb2.GetSectionsRequest(client_ids=[active.client_id])
    shown = PlanSection.FromString(town.call("GetSections", request).sections[0].body)
    assert list(shown.statutory_sections) == list(active.statutory_sections)
    town.call("StartReview", rpc.StartReviewRequest(name=plan.name, cause=plan_pb2.REVIEW_CAUSE_SCHEDULED))
    without = rpc.EditDraftRequest(
        name=plan.name, remove_statutory_kinds=[statutory_pb2.STATUTORY_KIND_REHABILITATION_PLAN]
    )
    assert len(town.call("EditDraft", without).draft.statutory_sections) == 1
    town.call("StartConsultation", rpc.StartConsultationRequest(name=plan.name))
    refused = town.refused("ActivateVersion", rpc.ActivateVersionRequest(name=plan.name))
    assert refused == ("FAILED_PRECONDITION", "STATUTORY_SECTION_MISSING")


def test_a_section_says_which_it_is_S2_15(town: Town, plan: plan_pb2.Plan) -> None:
    nothing = rpc.EditDraftRequest(name=plan.name, put_statutory_sections=[statutory_pb2.StatutorySection()])
    assert town.refused("EditDraft", nothing) == ("INVALID_ARGUMENT", "INVALID_REQUEST")
