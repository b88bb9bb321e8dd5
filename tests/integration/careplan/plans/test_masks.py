"""A provider reads every row of the plan, but not what a sensitive service of others is (DESIGN-6, ACCESS-4)."""

from datetime import date

import pytest

from sote.careplan.v1 import careplan_service_pb2 as rpc
from sote.careplan.v1 import consultation_pb2, plan_pb2, section_pb2, statutory_pb2
from sote.client.v1 import events_pb2
from sote.provider.v1 import events_pb2 as provider
from sote.type.v1 import care_pb2
from sote.type.v1.section_pb2 import GetSectionsRequest
from tests.builders.careplan.api import Town, delivering
from tests.builders.careplan.county import day

pytestmark = pytest.mark.integration
CHILD = dict.fromkeys(
    ("support_needed", "circumstances_to_influence", "services_and_support", "estimated_time", "personal_meetings"), "x"
)


@pytest.fixture
def plan(town: Town) -> plan_pb2.Plan:
    """A plan in force with a sensitive service of P10, agreed with words, and the doctor P02; each serves a goal."""
    task = provider.CatalogueFacts(
        service_code="SOC-FAM-SUPP",
        arrangements=[care_pb2.ARRANGEMENT_PURCHASE],
        unit=care_pb2.CARE_UNIT_MONTH,
        task=care_pb2.SERVICE_TASK_LASTENSUOJELU,
        sensitive=True,
        version=2,
    )
    town.tell(lambda world: world.hear(provider.CatalogueServiceChanged(service=task)))
    doctor = town.line("HLT-GP", "DIRECT_CHOICE", "P02")
    made = town.drafted("ann", doctor)
    secret = plan_pb2.Goal(text="The home is safe.", baseline=-2, target=0)
    first = made.draft.goals[0].goal_id
    second = town.call("EditDraft", rpc.EditDraftRequest(name=made.name, put_goals=[secret])).draft.goals[1].goal_id
    doctor.plan_service_id = made.draft.services[0].plan_service_id
    doctor.goal_ids.append(first)
    section = statutory_pb2.StatutorySection(child_welfare_client_plan=statutory_pb2.ChildWelfareClientPlan(**CHILD))
    support = town.support(goal_ids=[second], frequency="each month")
    edit = rpc.EditDraftRequest(name=made.name, put_services=[doctor, support], put_statutory_sections=[section])
    town.call("EditDraft", edit)
    for one in town.call("StartConsultation", rpc.StartConsultationRequest(name=made.name)).consultations:
        who = "P10" if one.provider_id == town.id("P10") else "P02"
        comment = rpc.RespondToConsultationRequest(
            name=one.name, outcome=consultation_pb2.CONSULTATION_OUTCOME_COMMENTED, text=f"words of {who}"
        )
        town.call("RespondToConsultation", comment, who, "PRV")
    active: plan_pb2.Plan = town.call("ActivatePlan", rpc.ActivatePlanRequest(name=made.name))
    return active


def test_the_row_stays_and_what_it_is_does_not_DESIGN_6(town: Town, plan: plan_pb2.Plan) -> None:
    def lines(who: str, role: str = "PRV") -> list[plan_pb2.ServiceLine]:
        return [one.line for one in town.call("GetPlan", rpc.GetPlanRequest(name=plan.name), who, role).services]

    own, masked = lines("P02")
    assert (own.service_code, own.masked) == ("HLT-GP", False)
    told = {field.name for field, _ in masked.ListFields()}
    assert told == {"plan_service_id", "from_date", "to_date", "sensitive", "masked"}
    for who, role in (("P01", "CSW"), ("P10", "PRV")):
        assert [one.service_code for one in lines(who, role)] == ["HLT-GP", "SOC-FAM-SUPP"]
    seen = town.call("GetPlan", rpc.GetPlanRequest(name=plan.name), "P02", "PRV")
    assert [bool(goal.text) for goal in seen.goals] == [True, False]
    (section,) = seen.statutory_sections
    assert section.HasField("child_welfare_client_plan")
    assert not section.child_welfare_client_plan.ListFields()
    whole = town.call("GetPlan", rpc.GetPlanRequest(name=plan.name), "P10", "PRV")
    assert whole.statutory_sections[0].child_welfare_client_plan.support_needed == "x"


def test_of_others_consultations_and_promises_only_how_they_stand_ACCESS_3(town: Town, plan: plan_pb2.Plan) -> None:
    seen = town.call("GetPlan", rpc.GetPlanRequest(name=plan.name), "P02", "PRV")
    by_own = {one.provider_id == town.id("P02"): one for one in seen.consultations}
    assert by_own[True].text == "words of P02"
    assert (by_own[False].text, by_own[False].provider_id) == ("", "")
    assert by_own[False].state == plan.consultations[0].state
    assert [one.provider_id for one in seen.acknowledgements] == [""]
    operator = town.call("GetPlan", rpc.GetPlanRequest(name=plan.name))
    assert sorted(one.text for one in operator.consultations) == ["words of P02", "words of P10"]


def test_versions_lists_and_drafts_are_masked_alike_DESIGN_6(town: Town, plan: plan_pb2.Plan) -> None:
    version = rpc.GetPlanVersionRequest(name=f"{plan.name}/versions/1.0")
    assert [one.masked for one in town.call("GetPlanVersion", version, "P02", "PRV").services] == [False, True]
    assert not any(one.masked for one in town.call("GetPlanVersion", version).services)
    listing = rpc.ListPlansRequest(client_id=plan.client_id)
    (listed,) = town.call("ListPlans", listing, "P02", "PRV").plans
    assert [one.line.masked for one in listed.services] == [False, True]
    town.call("StartReview", rpc.StartReviewRequest(name=plan.name, cause=plan_pb2.REVIEW_CAUSE_SCHEDULED))
    draft = town.call("GetPlan", rpc.GetPlanRequest(name=plan.name), "P02", "PRV").draft
    assert [one.masked for one in draft.services] == [False, True]


def test_deliveries_of_a_sensitive_service_are_not_listed_to_others_DESIGN_6(town: Town, plan: plan_pb2.Plan) -> None:
    on = day(date(2025, 3, 1))
    town.call("RecordDelivery", delivering(town, "ann", service_date=on), "P10", "PRV")
    listing = rpc.ListDeliveriesRequest(client_id=plan.client_id)
    seen = {who: len(town.call("ListDeliveries", listing, who, "PRV").deliveries) for who in ("P02", "P10")}
    assert seen == {"P02": 0, "P10": 1}
    assert len(town.call("ListDeliveries", listing).deliveries) == 1


def test_the_section_is_shown_to_who_has_a_part_as_the_plan_is_INV_14(town: Town, plan: plan_pb2.Plan) -> None:
    def shown(who: str, role: str = "PRV") -> list[section_pb2.PlanSection]:
        asked = GetSectionsRequest(client_ids=[plan.client_id])
        answer = town.call("GetSections", asked, who, role).sections
        plans = [one for one in answer if one.section == section_pb2.PlanSection.DESCRIPTOR.full_name]
        return [section_pb2.PlanSection.FromString(one.body) for one in plans]

    for role in ("PRV", "HSP", "HOP"):
        assert not shown("P07", role)
    (section,) = shown("P02")
    assert [one.service_code for one in section.services] == ["HLT-GP", ""]
    assert [bool(goal.text) for goal in section.goals] == [True, False]
    assert not section.statutory_sections
    (whole,) = shown("P01", "CSW")
    assert [one.service_code for one in whole.services] == ["HLT-GP", "SOC-FAM-SUPP"]
    assert whole.statutory_sections


def test_no_provider_is_told_the_places_of_a_protected_client_INV_15(town: Town, plan: plan_pb2.Plan) -> None:
    order = events_pb2.ClientNonDisclosureChanged(client_id=plan.client_id, active=True, version=9)
    get, version = rpc.GetPlanRequest(name=plan.name), rpc.GetPlanVersionRequest(name=f"{plan.name}/versions/1.0")
    section = GetSectionsRequest(client_ids=[plan.client_id])
    unit = plan.operator.unit_id
    calls = (("GetPlan", get), ("GetPlanVersion", version), ("GetSections", section))
    assert unit in str(town.call("GetPlan", get, "P02", "PRV"))
    town.tell(lambda world: world.hear(order))
    for method, request in calls:
        assert unit not in str(town.call(method, request, "P02", "PRV")), method
    assert unit in str(town.call("GetPlan", get))
