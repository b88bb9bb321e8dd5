"""One plan holds services of both levels, and every provider in it reads the version that is in force."""

from datetime import date

import pytest
from sqlalchemy import text

from sote.careplan.v1 import careplan_service_pb2 as rpc
from sote.careplan.v1 import consultation_pb2, plan_pb2, reroute_pb2
from sote.careplan.v1.reroute_service_pb2 import StartRerouteRequest
from sote.careplan.v1.reroute_service_pb2_grpc import RerouteServiceStub
from sote.careplan.v1.section_pb2 import PlanSection
from sote.provider.v1 import events_pb2 as provider
from sote.type.v1 import care_pb2 as care
from sote.type.v1 import section_pb2
from tests.builders.careplan.api import Town, delivering
from tests.builders.careplan.county import World, day

pytestmark = pytest.mark.integration
LEVELS = {
    "HLT-GP": (care.CARE_LEVEL_PRIMARY, care.ARRANGEMENT_DIRECT_CHOICE, care.CARE_UNIT_VISIT),
    "SOC-FAM-SUPP": (care.CARE_LEVEL_SPECIALISED, care.ARRANGEMENT_PURCHASE, care.CARE_UNIT_MONTH),
}


def hear_levels(world: World) -> None:
    for code, (level, how, unit) in LEVELS.items():
        entry = provider.CatalogueFacts(service_code=code, level=level, arrangements=[how], unit=unit, version=2)
        world.hear(provider.CatalogueServiceChanged(service=entry))


@pytest.fixture
def plan(town: Town) -> plan_pb2.Plan:
    """A plan in force with a doctor of primary care and a specialised purchased service."""
    town.tell(hear_levels)
    made = town.drafted("ann", town.line("HLT-GP", "DIRECT_CHOICE", "P02"), town.support())
    return in_force(town, made, "ActivatePlan", rpc.ActivatePlanRequest(name=made.name))


def in_force(town: Town, plan: plan_pb2.Plan, method: str, request: object) -> plan_pb2.Plan:
    for one in town.call("StartConsultation", rpc.StartConsultationRequest(name=plan.name)).consultations:
        who = "P10" if one.provider_id == town.id("P10") else "P02"
        town.call(
            "RespondToConsultation",
            rpc.RespondToConsultationRequest(name=one.name, outcome=consultation_pb2.CONSULTATION_OUTCOME_AGREED),
            who,
            "PRV",
        )
    active: plan_pb2.Plan = town.call(method, request)
    return active


def test_a_plan_holds_primary_and_specialised_services_S1_03(town: Town, plan: plan_pb2.Plan) -> None:
    request = section_pb2.GetSectionsRequest(client_ids=[plan.client_id])
    shown = PlanSection.FromString(town.call("GetSections", request).sections[0].body)
    assert [one.level for one in shown.services] == [care.CARE_LEVEL_PRIMARY, care.CARE_LEVEL_SPECIALISED]


def test_after_an_activation_every_related_provider_reads_that_version_S1_05b(town: Town, plan: plan_pb2.Plan) -> None:
    def read() -> set[tuple[int, int]]:
        seen = [town.call("GetPlan", rpc.GetPlanRequest(name=plan.name), who, "PRV") for who in ("P02", "P10")]
        return {(one.major, one.minor) for one in seen}

    assert read() == {(1, 0)}
    town.call("StartReview", rpc.StartReviewRequest(name=plan.name, cause=plan_pb2.REVIEW_CAUSE_SCHEDULED))
    assert read() == {(1, 0)}
    support = town.support(8, plan_service_id=plan.services[1].line.plan_service_id)
    town.call("EditDraft", rpc.EditDraftRequest(name=plan.name, put_services=[support]))
    in_force(town, plan, "ActivateVersion", rpc.ActivateVersionRequest(name=plan.name))
    assert read() == {(2, 0)}
    version = rpc.GetPlanVersionRequest(name=f"{plan.name}/versions/2.0")
    for who in ("P02", "P10"):
        assert [one.units for one in town.call("GetPlanVersion", version, who, "PRV").services] == [0, 8]


def test_whom_a_version_leaves_out_reads_neither_that_version_nor_the_plan_INV_14(
    town: Town, plan: plan_pb2.Plan
) -> None:
    get, version = rpc.GetPlanRequest(name=plan.name), rpc.GetPlanVersionRequest(name=f"{plan.name}/versions/2.0")
    town.call("StartReview", rpc.StartReviewRequest(name=plan.name, cause=plan_pb2.REVIEW_CAUSE_SCHEDULED))
    support = plan.services[1].line.plan_service_id
    town.call("EditDraft", rpc.EditDraftRequest(name=plan.name, remove_service_ids=[support]))
    assert town.call("GetPlan", get, "P10", "PRV").major == 1
    in_force(town, plan, "ActivateVersion", rpc.ActivateVersionRequest(name=plan.name))
    for method, request in (("GetPlan", get), ("GetPlanVersion", version)):
        assert town.refused(method, request, "P10", "PRV") == ("PERMISSION_DENIED", "NO_RELATIONSHIP")
        town.call(method, request, "P02", "PRV")


def test_whose_service_is_done_reads_the_plan_no_more_INV_14(town: Town, plan: plan_pb2.Plan) -> None:
    done = rpc.CompletePlanServiceRequest(name=plan.name, plan_service_id=plan.services[1].line.plan_service_id)
    town.call("CompletePlanService", done)
    refused = town.refused("GetPlan", rpc.GetPlanRequest(name=plan.name), "P10", "PRV")
    assert refused == ("PERMISSION_DENIED", "NO_RELATIONSHIP")


def test_a_provider_that_quits_reads_the_plan_until_its_case_is_closed_INV_14(town: Town, plan: plan_pb2.Plan) -> None:
    get = rpc.GetPlanRequest(name=plan.name)
    quits = StartRerouteRequest(
        name=plan.name,
        plan_service_id=plan.services[1].line.plan_service_id,
        cause=reroute_pb2.REROUTE_CASE_CAUSE_PROVIDER_QUIT,
    )
    operator = town.served.as_role("CSW", organisation=town.id("P01"))
    case = RerouteServiceStub(town.served.channel).StartReroute(quits, metadata=operator, timeout=20)
    assert not town.call("GetPlan", get).services[1].line.provider_id
    assert town.call("GetPlan", get, "P10", "PRV").uid == plan.uid
    close = text("update reroute_case set state = 'CLOSED', handover_until = opened_on where id = :uid")
    town.tell(lambda world: world.session.execute(close, {"uid": case.uid}))
    assert town.refused("GetPlan", get, "P10", "PRV") == ("PERMISSION_DENIED", "NO_RELATIONSHIP")


def test_what_is_delivered_hangs_on_the_plan_whoever_delivers_S1_26_S2_11(town: Town, plan: plan_pb2.Plan) -> None:
    on = day(date(2025, 3, 1))
    town.call("RecordDelivery", delivering(town, "ann", service_date=on), "P10", "PRV")
    visit = delivering(town, "ann", service_code="HLT-GP", service_date=on, mode=care.DELIVERY_MODE_AT_CENTRE)
    town.call("RecordDelivery", visit, "P02", "PRV")
    found = town.call("ListDeliveries", rpc.ListDeliveriesRequest(client_id=plan.client_id)).deliveries
    assert {one.plan_service_id for one in found} == {one.line.plan_service_id for one in plan.services}
