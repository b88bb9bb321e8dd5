"""A consultation is ended without activation, and asked again (PLAN-5)."""

from dataclasses import replace
from typing import Any

import pytest

from services.careplan.domain.consultations.consultation import ConsultationState
from services.careplan.domain.plans.plan import Plan
from services.careplan.operations.lifecycle.return_to_draft import return_to_draft
from tests.builders.careplan import acts
from tests.builders.careplan.county import World

pytestmark = pytest.mark.integration


def told(world: World, plan: Plan, **more: Any) -> dict[str, Any]:
    """Arguments of a command about a plan by its operator."""
    return {"plan_id": plan.id, "etag": "", "caller": world.caller("P01"), "now": world.now} | more


def test_answers_to_unchanged_services_are_kept_PLAN_5(world: World) -> None:
    world.assess()
    plan = acts.edit(world, acts.draft(world), [acts.support(world), acts.doctor(world)])
    for request in acts.consult(world, plan):
        acts.answer(world, request)
    return_to_draft(world.session, **told(world, plan, reason="one month more"))
    support = next(line for line in plan.drawn_up().services if line.units)
    acts.edit(world, plan, [replace(acts.support(world, 7), plan_service_id=support.plan_service_id)])
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
