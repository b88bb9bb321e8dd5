"""A plan that never came into force is cancelled (PLAN-17)."""

from typing import Any

import pytest

from services.careplan.domain.plans.plan import Plan
from services.careplan.operations.lifecycle.cancel_plan import cancel_plan
from services.kernel.refusal import IllegalTransition
from tests.builders.careplan import acts
from tests.builders.careplan.county import World

pytestmark = pytest.mark.integration


def told(world: World, plan: Plan, **more: Any) -> dict[str, Any]:
    """Arguments of a command about a plan by its operator."""
    return {"plan_id": plan.id, "etag": "", "caller": world.caller("P01"), "now": world.now} | more


def test_a_plan_in_force_is_not_cancelled_PLAN_17(world: World) -> None:
    plan = acts.active_plan(world, [acts.own_work(world)])
    with pytest.raises(IllegalTransition):
        cancel_plan(world.session, **told(world, plan, reason="no"))
