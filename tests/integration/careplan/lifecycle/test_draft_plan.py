"""Drafting a plan: on which assessment, for whom, by whom (PLAN-1)."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from services.careplan.domain.lifecycle.refusals import (
    AssessmentMissing,
    ClientClosed,
    ClientUnknown,
    OpenPlanExists,
    OperatorKindNotAllowed,
    OperatorNotChosen,
    PredecessorNotAllowed,
)
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_states import PlanState
from services.careplan.domain.terms import OperatorKind
from services.careplan.operations.lifecycle.cancel_plan import cancel_plan
from sote.client.v1 import client_pb2
from sote.client.v1 import events_pb2 as client
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


def test_a_plan_takes_up_no_open_plan_and_nobody_elses_PROCESS_D8(world: World) -> None:
    plan = acts.active_plan(world, [acts.support(world)])
    world.assess("other")
    for predecessor in (plan.id, uuid4()):
        with pytest.raises(PredecessorNotAllowed):
            acts.draft(world, "other", predecessor_id=predecessor)
