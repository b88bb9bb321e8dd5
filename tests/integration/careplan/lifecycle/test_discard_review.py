"""A review is given up (PLAN-14)."""

from dataclasses import replace
from typing import Any

import pytest

from services.careplan.domain.consultations.consultation import ConsultationState
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_states import PlanState
from services.careplan.domain.terms import ReviewCause
from services.careplan.operations.lifecycle.discard_review import discard_review
from services.careplan.operations.lifecycle.start_review import start_review
from tests.builders.careplan import acts
from tests.builders.careplan.county import World

pytestmark = pytest.mark.integration


def review(world: World, plan: Plan, cause: ReviewCause = ReviewCause.NEED_CHANGED, by: str = "P01") -> Plan:
    return start_review(world.session, **told(world, plan, cause=cause, caller=world.caller(by)))


def told(world: World, plan: Plan, **more: Any) -> dict[str, Any]:
    """Arguments of a command about a plan by its operator."""
    return {"plan_id": plan.id, "etag": "", "caller": world.caller("P01"), "now": world.now} | more


def test_a_discarded_review_leaves_no_trace_in_force_PLAN_14(world: World) -> None:
    plan = acts.active_plan(world, [acts.support(world)])
    review(world, plan)
    support = acts.service_of(plan, "SOC-FAM-SUPP")
    acts.edit(world, plan, [replace(acts.support(world, 8), plan_service_id=support.id)])
    (request,) = acts.consult(world, plan)
    discard_review(world.session, **told(world, plan, reason="no longer needed"))
    assert (plan.state, plan.version_number, support.units) == (PlanState.ACTIVE, "1.0", 6)
    assert request.state is ConsultationState.WAIVED
    assert world.facts()[-1] == "PlanReviewCancelled"
