"""A provider acknowledges its part of a version (PLAN-7)."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.careplan.domain.acknowledgements.refusals import AcknowledgementNotAsked, AcknowledgementOutdated
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_states import PlanState
from services.careplan.domain.plans.refusals import (
    NoRelationship,
)
from services.careplan.domain.terms import ReviewCause
from services.careplan.operations.acknowledgements.pass_acknowledgements_due import pass_acknowledgements_due
from services.careplan.operations.lifecycle.start_review import start_review
from services.careplan.storage.acknowledgements import acknowledgements_of
from services.kernel.refusal import IllegalTransition
from sote.careplan.v1 import events_pb2 as facts
from tests.builders.careplan import acts
from tests.builders.careplan.county import World

pytestmark = pytest.mark.integration


def review(world: World, plan: Plan, cause: ReviewCause = ReviewCause.NEED_CHANGED, by: str = "P01") -> Plan:
    return start_review(world.session, **told(world, plan, cause=cause, caller=world.caller(by)))


def told(world: World, plan: Plan, **more: Any) -> dict[str, Any]:
    """Arguments of a command about a plan by its operator."""
    return {"plan_id": plan.id, "etag": "", "caller": world.caller("P01"), "now": world.now} | more


def test_who_may_acknowledge_PLAN_7(world: World) -> None:
    plan = acts.active_plan(world, [acts.support(world), acts.doctor(world)])
    with pytest.raises(NoRelationship):
        acts.acknowledge(world, plan, "P05")
    with pytest.raises(AcknowledgementNotAsked):
        acts.acknowledge(world, plan, "P02")
    with pytest.raises(AcknowledgementOutdated):
        acts.acknowledge(world, plan, "P10", (1, 1))
    acts.acknowledge(world, plan, "P10")
    assert acts.service_of(plan, "SOC-FAM-SUPP").state.value == "ACKNOWLEDGED"
    with pytest.raises(IllegalTransition):
        acts.acknowledge(world, plan, "P10")


def test_an_overdue_acknowledgement_may_still_be_given_PLAN_18(world: World) -> None:
    plan = acts.active_plan(world, [acts.support(world)])
    (asked,) = acknowledgements_of(world.session, plan.id)
    assert asked.due == date(2025, 2, 26)
    pass_acknowledgements_due(world.session, now=world.at(asked.due).now)
    assert asked.state.value == "PENDING"
    pass_acknowledgements_due(world.session, now=world.at(asked.due + timedelta(days=1)).now)
    (told,) = world.announced(facts.AcknowledgementOverdue)
    assert (asked.state.value, told.major, told.minor) == ("OVERDUE", 1, 0)
    acts.acknowledge(world, plan, "P10")
    assert asked.state.value == "ACKNOWLEDGED"


def test_what_is_in_force_is_acknowledged_also_while_it_is_reviewed_PLAN_7(world: World) -> None:
    plan = acts.active_plan(world, [acts.support(world)])
    review(world, plan)
    acts.acknowledge(world, plan, "P10")
    assert (plan.state, acts.service_of(plan, "SOC-FAM-SUPP").state.value) == (
        PlanState.UNDER_REVIEW,
        "ACKNOWLEDGED",
    )
