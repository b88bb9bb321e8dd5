"""Editing a draft (PLAN-2)."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from services.careplan.domain.plans.content import Goal
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.refusals import (
    GoalUnknown,
    NoActiveContract,
    NotTheOperator,
    PlanServiceUnknown,
    ProviderNotAllowed,
)
from services.careplan.wire.etags import plan_etag
from services.chassis.etags import VersionConflict
from services.kernel.care import Arrangement
from services.kernel.refusal import Refusal
from tests.builders.careplan import acts
from tests.builders.careplan.county import World

pytestmark = pytest.mark.integration


def replace_id(plan: Plan) -> Any:
    """Something with an id that no plan has."""
    return type("Missing", (), {"id": uuid4()})()


def test_only_the_operator_edits_and_a_missing_plan_looks_the_same_INV_02(world: World) -> None:
    world.assess()
    plan = acts.draft(world)
    with pytest.raises(NotTheOperator):
        acts.edit(world, plan, caller=world.caller("P10"))
    missing = replace_id(plan)
    with pytest.raises(NotTheOperator):
        acts.edit(world, missing)


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
    more = replace(acts.support(world, 4), plan_service_id=support.plan_service_id, goal_ids=(world.id("goal"),))
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
        acts.edit(world, plan, [replace(acts.support(world), plan_service_id=uuid4())])
    with pytest.raises(ProviderNotAllowed):
        acts.edit(world, plan, [replace(acts.home_help(world), provider_id=world.id("P05"))])
    with pytest.raises(NoActiveContract):
        acts.edit(world, plan, [acts.wish(world, "SOC-FAM-WORK", Arrangement.PURCHASE, "P10", 3)])


def test_goals_keep_their_ids_GOAL_1(world: World) -> None:
    world.assess()
    plan = acts.edit(world, acts.draft(world))
    acts.edit(world, plan, put_goals=[Goal(world.id("goal"), "Sleeps well.", (), -1, 2)])
    (goal,) = plan.drawn_up().goals
    assert (goal.text, goal.target) == ("Sleeps well.", 2)
