"""A review is started by the operator or the county (PLAN-11, S2.13)."""

from typing import Any

import pytest

from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_states import PlanState
from services.careplan.domain.plans.refusals import NotTheOperator
from services.careplan.domain.terms import ReviewCause
from services.careplan.operations.lifecycle.start_review import start_review
from tests.builders.careplan import acts
from tests.builders.careplan.county import World

pytestmark = pytest.mark.integration


def review(world: World, plan: Plan, cause: ReviewCause = ReviewCause.NEED_CHANGED, by: str = "P01") -> Plan:
    return start_review(world.session, **told(world, plan, cause=cause, caller=world.caller(by)))


def told(world: World, plan: Plan, **more: Any) -> dict[str, Any]:
    """Arguments of a command about a plan by its operator."""
    return {"plan_id": plan.id, "etag": "", "caller": world.caller("P01"), "now": world.now} | more


def test_the_county_may_start_a_review_others_may_not_S2_13(world: World) -> None:
    plan = acts.active_plan(world, [acts.support(world)])
    with pytest.raises(NotTheOperator):
        review(world, plan, by="P10")
    review(world, plan, ReviewCause.COUNTY)
    assert plan.state is PlanState.UNDER_REVIEW


def test_the_county_starts_a_review_of_a_plan_that_a_centre_operates_S2_13(world: World) -> None:
    plan = acts.plan_of_centre(world, [acts.support(world)])
    for request in acts.consult(world, plan, "P02"):
        acts.answer(world, request)
    acts.activate(world, plan, caller="P02")
    with pytest.raises(NotTheOperator):
        review(world, plan, by="P10")
    review(world, plan, ReviewCause.COUNTY, by="P01")
    assert (plan.state, plan.operator_organisation_id) == (PlanState.UNDER_REVIEW, world.id("P02"))
