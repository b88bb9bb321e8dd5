"""A service that deliveries do not complete is said to be done (PLANSERVICE-2)."""

from typing import Any
from uuid import uuid4

import pytest

from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.refusals import PlanServiceUnknown
from services.careplan.operations.lifecycle.complete_plan_service import complete_plan_service
from services.kernel.refusal import IllegalTransition
from tests.builders.careplan import acts
from tests.builders.careplan.county import World

pytestmark = pytest.mark.integration
HOME = "SOC-FAM-HOME"


def complete(world: World, plan: Plan, service_id: Any) -> None:
    complete_plan_service(
        world.session,
        plan_id=plan.id,
        plan_service_id=service_id,
        etag="",
        caller=world.caller("P01"),
        now=world.now,
    )


def test_an_uncounted_service_is_said_done_PLANSERVICE_2(world: World) -> None:
    plan = acts.active_plan(world, [acts.own_work(world, 0), acts.home_help(world)])
    with pytest.raises(PlanServiceUnknown):
        complete(world, plan, uuid4())
    with pytest.raises(IllegalTransition):
        complete(world, plan, acts.service_of(plan, HOME).id)
    complete(world, plan, acts.service_of(plan, "SOC-FAM-WORK").id)
    assert acts.service_of(plan, "SOC-FAM-WORK").state.value == "COMPLETED"
