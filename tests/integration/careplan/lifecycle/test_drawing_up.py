"""Drawing a plan up: drafting, editing, consulting, returning, reviewing, ending
(PLAN-1 to PLAN-6, PLAN-11 to PLAN-17)."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from services.careplan.domain.consultations.consultation import ConsultationState
from services.careplan.domain.lifecycle.refusals import (
    AssessmentMissing,
    ClientClosed,
    ClientUnknown,
    OpenPlanExists,
    OperatorKindNotAllowed,
    OperatorNotChosen,
)
from services.careplan.domain.plans.content import Goal
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_states import PlanState
from services.careplan.domain.plans.refusals import (
    ConsultationPending,
    GoalUnknown,
    NoActiveContract,
    NoRelationship,
    NotTheOperator,
    ObjectionUnresolved,
    PlanServiceUnknown,
    ProviderNotAllowed,
)
from services.careplan.domain.terms import OperatorKind
from services.careplan.operations.consultations.resolve_objection import resolve_objection
from services.careplan.operations.consultations.time_out_consultations import time_out_consultations
from services.careplan.operations.lifecycle.cancel_plan import cancel_plan
from services.careplan.operations.lifecycle.return_to_draft import return_to_draft
from services.careplan.wire.etags import plan_etag
from services.chassis.etags import VersionConflict
from services.kernel.care import Arrangement
from services.kernel.refusal import IllegalTransition, Refusal
from sote.careplan.v1 import events_pb2 as facts
from sote.client.v1 import client_pb2
from sote.client.v1 import events_pb2 as client
from sote.provider.v1 import clause_pb2, contract_pb2
from sote.provider.v1 import events_pb2 as provider
from tests.builders.careplan import acts
from tests.builders.careplan.county import World

pytestmark = pytest.mark.integration


def told(world: World, plan: Plan, **more: Any) -> dict[str, Any]:
    """Arguments of a command about a plan by its operator."""
    return {"plan_id": plan.id, "etag": "", "caller": world.caller("P01"), "now": world.now} | more


def test_a_draft_knows_its_operator_and_its_number_PLAN_1(world: World) -> None:
    world.assess()
    plan = acts.draft(world)
    assert plan.operator_organisation_id == world.id("P01")
    assert plan.number.startswith("AS-06-")
    assert (plan.county_scheme, plan.county_code) == ("MAAKUNTA_2017", "06")
    assert world.facts() == ["PlanDrafted"]


def test_the_newest_assessment_is_taken_when_none_is_named_S2_09(world: World) -> None:
    world.assess()
    plan = acts.draft(world, assessment_id=None)
    assert plan.assessment_id == world.id("assessment of child")


def test_a_second_open_plan_is_refused_INV_01(world: World) -> None:
    world.assess()
    plan = acts.draft(world)
    with pytest.raises(OpenPlanExists):
        acts.draft(world)
    cancel_plan(world.session, **told(world, plan, reason="drafted by mistake"))
    assert acts.draft(world).state is PlanState.DRAFT


def test_unknown_clients_and_old_or_superseded_assessments_are_refused_PLAN_1(world: World) -> None:
    with pytest.raises(ClientUnknown):
        acts.draft(world)
    world.assess(completed=date(2024, 2, 1))
    with pytest.raises(AssessmentMissing):
        acts.draft(world)
    with pytest.raises(AssessmentMissing):
        acts.draft(world, assessment_id=uuid4())


@pytest.mark.parametrize("superseded_first", [True, False])
def test_a_superseded_assessment_carries_no_plan_S2_09(world: World, superseded_first: bool) -> None:
    fact = client.AssessmentSuperseded(
        assessment_id=str(world.id("assessment of child")), client_id=str(world.id("child"))
    )
    if superseded_first:
        world.hear(fact)
    world.assess()
    if not superseded_first:
        world.hear(fact)
    for named in (world.id("assessment of child"), None):
        with pytest.raises(AssessmentMissing):
            acts.draft(world, assessment_id=named)


def test_no_plan_for_a_closed_client_INV_16(world: World) -> None:
    client_id = world.assess()
    gone = client.ClientFacts(client_id=str(client_id), state=client_pb2.CLIENT_STATE_DECEASED, version=2)
    world.hear(client.ClientAttentionChanged(client=gone))
    with pytest.raises(ClientClosed):
        acts.draft(world)


def test_only_the_enterprise_or_the_clients_centre_operates_S1_28(world: World) -> None:
    world.assess()
    hssc = OperatorKind.DIRECT_CHOICE_HSSC
    with pytest.raises(OperatorKindNotAllowed):
        acts.draft(world, caller=world.caller("P10"), operator_unit_id=world.id("U-P10"))
    with pytest.raises(OperatorKindNotAllowed):
        acts.draft(world, caller=world.caller("P04"), operator_unit_id=world.id("U-P04"), operator_kind=hssc)
    with pytest.raises(OperatorNotChosen):
        acts.draft(world, caller=world.caller("P02"), operator_unit_id=world.id("U-P02"), operator_kind=hssc)


def test_only_the_operator_edits_and_a_missing_plan_looks_the_same_INV_02(world: World) -> None:
    world.assess()
    plan = acts.draft(world)
    with pytest.raises(NotTheOperator):
        acts.edit(world, plan, caller=world.caller("P10"))
    missing = replace_id(plan)
    with pytest.raises(NotTheOperator):
        acts.edit(world, missing)


def replace_id(plan: Plan) -> Any:
    """Something with an id that no plan has."""
    return type("Missing", (), {"id": uuid4()})()


def test_a_stale_etag_is_refused_AIP_154(world: World) -> None:
    world.assess()
    plan = acts.draft(world)
    etag = plan_etag(plan)
    acts.edit(world, plan, etag=etag)
    with pytest.raises(VersionConflict):
        acts.edit(world, plan, etag=etag)


def test_put_replace_and_remove_PLAN_2(world: World) -> None:
    world.assess()
    plan = acts.edit(world, acts.draft(world), [acts.support(world), acts.doctor(world)])
    support, doctor = plan.drawn_up().services
    assert support.contract_id == world.id("K-P10")
    more = acts.support(world, 4, plan_service_id=support.plan_service_id, goal_ids=(world.id("goal"),))
    acts.edit(world, plan, [more], put_goals=[], client_view=None, remove_services=[doctor.plan_service_id])
    (line,) = plan.drawn_up().services
    assert (line.units, line.goal_ids) == (4, (world.id("goal"),))
    acts.edit(world, plan, put_goals=[], client_view=None, remove_goals=[world.id("goal")])
    (line,) = plan.drawn_up().services
    assert (line.goal_ids, plan.drawn_up().goals, plan.drawn_up().client_view) == ((), (), acts.VIEW)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"remove_goals": [uuid4()]}, GoalUnknown),
        ({"remove_services": [uuid4()]}, PlanServiceUnknown),
    ],
)
def test_what_the_draft_does_not_hold_PLAN_2(world: World, more: dict[str, Any], refusal: type[Refusal]) -> None:
    world.assess()
    plan = acts.draft(world)
    with pytest.raises(refusal):
        acts.edit(world, plan, **more)


def test_unknown_service_and_chosen_provider_PLAN_2(world: World) -> None:
    world.assess()
    plan = acts.draft(world)
    with pytest.raises(PlanServiceUnknown):
        acts.edit(world, plan, [acts.support(world, plan_service_id=uuid4())])
    with pytest.raises(ProviderNotAllowed):
        acts.edit(world, plan, [replace(acts.home_help(world), provider_id=world.id("P05"))])
    with pytest.raises(NoActiveContract):
        acts.edit(world, plan, [acts.wish(world, "SOC-FAM-WORK", Arrangement.PURCHASE, "P10", 3)])


def test_requests_are_due_after_seven_weekdays_or_as_the_contract_says_S1_29(world: World) -> None:
    world.assess()
    clause = clause_pb2.ClauseFacts(code="CONSULT_RESPONSE", parameters={"weekdays": "3"})
    world.hear(provider.ContractActivated(contract=world.contract_facts("P10", version=2, clauses=[clause])))
    plan = acts.edit(world, acts.draft(world), [acts.support(world), acts.doctor(world)])
    due = {request.provider_id: request.due for request in acts.consult(world, plan)}
    assert due == {world.id("P02"): date(2025, 2, 28), world.id("P10"): date(2025, 2, 24)}
    assert [fact.due_date.day for fact in world.announced(facts.ConsultationRequested)].count(24) == 1


def test_no_answer_in_time_counts_as_consulted_PLAN_18(world: World) -> None:
    world.assess()
    plan = acts.edit(world, acts.draft(world), [acts.support(world)])
    (request,) = acts.consult(world, plan)
    time_out_consultations(world.session, now=world.at(request.due).now)
    with pytest.raises(ConsultationPending):
        acts.activate(world, plan)
    time_out_consultations(world.session, now=world.at(date(2025, 3, 3)).now)
    assert request.state is ConsultationState.TIMED_OUT
    assert len(world.announced(facts.ConsultationTimedOut)) == 1
    with pytest.raises(IllegalTransition):
        acts.answer(world, request)
    assert acts.activate(world, plan).version_number == "1.0"


def test_only_the_asked_provider_answers_PLAN_4(world: World) -> None:
    world.assess()
    plan = acts.edit(world, acts.draft(world), [acts.support(world)])
    (request,) = acts.consult(world, plan)
    world.ids["P10"], world.ids["P05"] = world.id("P05"), world.id("P10")
    other = type("Request", (), {"id": request.id, "provider_id": world.id("P10")})()
    with pytest.raises(NoRelationship):
        acts.answer(world, other)


@pytest.mark.parametrize("by", ["P01"])
def test_an_objection_is_resolved_with_a_text_S2_13(world: World, by: str) -> None:
    world.assess()
    plan = acts.edit(world, acts.draft(world), [acts.support(world)])
    (request,) = acts.consult(world, plan)
    acts.answer(world, request, ConsultationState.OBJECTED, "too little")
    with pytest.raises(ObjectionUnresolved):
        acts.activate(world, plan)
    with pytest.raises(NotTheOperator):
        resolve(world, request.id, "P10")
    resolve(world, request.id, by)
    assert acts.activate(world, plan).state is PlanState.ACTIVE


def resolve(world: World, consultation_id: Any, by: str) -> None:
    resolve_objection(
        world.session,
        consultation_id=consultation_id,
        etag="",
        resolution="more in autumn",
        caller=world.caller(by),
        now=world.now,
    )


def test_answers_to_unchanged_services_are_kept_PLAN_5(world: World) -> None:
    world.assess()
    plan = acts.edit(world, acts.draft(world), [acts.support(world), acts.doctor(world)])
    for request in acts.consult(world, plan):
        acts.answer(world, request)
    return_to_draft(world.session, **told(world, plan, reason="one month more"))
    support = next(line for line in plan.drawn_up().services if line.units)
    acts.edit(world, plan, [acts.support(world, 7, plan_service_id=support.plan_service_id)])
    standing = {request.provider_id: request.state for request in acts.consult(world, plan)}
    assert standing == {
        world.id("P02"): ConsultationState.AGREED,
        world.id("P10"): ConsultationState.PENDING,
    }
    assert world.facts().count("ConsultationRequested") == 3
    assert world.facts().count("PlanReturnedToDraft") == 1


def test_unanswered_requests_are_waived_PLAN_5(world: World) -> None:
    world.assess()
    plan = acts.edit(world, acts.draft(world), [acts.support(world)])
    (request,) = acts.consult(world, plan)
    return_to_draft(world.session, **told(world, plan, reason="not yet"))
    assert request.state is ConsultationState.WAIVED
    (again,) = acts.consult(world, plan)
    assert again.id != request.id


def test_a_contract_that_ended_meanwhile_blocks_PLAN_6(world: World) -> None:
    world.assess()
    plan = acts.edit(world, acts.draft(world), [acts.support(world)])
    (request,) = acts.consult(world, plan)
    acts.answer(world, request)
    ended = world.contract_facts("P10", version=2, state=contract_pb2.CONTRACT_STATE_TERMINATED)
    world.hear(provider.ContractWithdrawn(contract=ended))
    with pytest.raises(NoActiveContract):
        acts.activate(world, plan)
    assert "PlanActivated" not in world.facts()


def test_goals_keep_their_ids_GOAL_1(world: World) -> None:
    world.assess()
    plan = acts.edit(world, acts.draft(world))
    acts.edit(world, plan, put_goals=[Goal(world.id("goal"), "Sleeps well.", (), -1, 2)])
    (goal,) = plan.drawn_up().goals
    assert (goal.text, goal.target) == ("Sleeps well.", 2)


def test_the_county_resolves_an_objection_to_a_plan_that_a_centre_operates_S2_13(world: World) -> None:
    plan = acts.plan_of_centre(world, [acts.support(world)])
    (request,) = acts.consult(world, plan, "P02")
    acts.answer(world, request, ConsultationState.OBJECTED, "too little")
    with pytest.raises(NotTheOperator):
        resolve(world, request.id, "P10")
    with pytest.raises(ObjectionUnresolved):
        acts.activate(world, plan, caller="P02")
    resolve(world, request.id, "P01")
    assert acts.activate(world, plan, caller="P02").state is PlanState.ACTIVE
