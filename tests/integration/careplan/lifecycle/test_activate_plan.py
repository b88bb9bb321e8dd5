"""A version comes into force (PLAN-6, PLAN-13)."""

from dataclasses import replace
from typing import Any

import pytest

from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.refusals import (
    ConsultationPending,
    NoActiveContract,
)
from services.careplan.domain.terms import ReviewCause
from services.careplan.operations.lifecycle.start_review import start_review
from services.careplan.storage.acknowledgements import acknowledgements_of
from sote.provider.v1 import contract_pb2
from sote.provider.v1 import events_pb2 as provider
from tests.builders.careplan import acts
from tests.builders.careplan.county import World

pytestmark = pytest.mark.integration


def review(world: World, plan: Plan, cause: ReviewCause = ReviewCause.NEED_CHANGED, by: str = "P01") -> Plan:
    return start_review(world.session, **told(world, plan, cause=cause, caller=world.caller(by)))


def told(world: World, plan: Plan, **more: Any) -> dict[str, Any]:
    """Arguments of a command about a plan by its operator."""
    return {"plan_id": plan.id, "etag": "", "caller": world.caller("P01"), "now": world.now} | more


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


def test_a_review_makes_the_next_major_version_PLAN_13(world: World) -> None:
    plan = acts.active_plan(world, [acts.own_work(world), acts.support(world)])
    acts.acknowledge(world, plan, "P10")
    review(world, plan)
    own = acts.service_of(plan, "SOC-FAM-WORK")
    acts.edit(world, plan, [replace(acts.own_work(world, 40), plan_service_id=own.id), acts.home_help(world)])
    assert acts.consult(world, plan) == []
    acts.activate(world, plan, first=False)
    assert plan.version_number == "2.0"
    assert (own.units, acts.service_of(plan, "SOC-FAM-HOME").state.value) == (40, "AWAITING_CHOICE")
    asked = acknowledgements_of(world.session, plan.id)
    assert [(one.major, one.minor, one.state.value) for one in asked] == [(1, 0, "ACKNOWLEDGED")]
    assert world.facts().count("AcknowledgementRequested") == 1
    assert world.facts()[-1] == "PlanVersionActivated"


def test_a_changed_part_is_consulted_and_acknowledged_again_PLAN_13(world: World) -> None:
    plan = acts.active_plan(world, [acts.support(world)])
    acts.acknowledge(world, plan, "P10")
    review(world, plan)
    support = acts.service_of(plan, "SOC-FAM-SUPP")
    acts.edit(world, plan, [replace(acts.support(world, 8), plan_service_id=support.id)])
    with pytest.raises(ConsultationPending):
        acts.activate(world, plan, first=False)
    (request,) = acts.consult(world, plan)
    acts.answer(world, request)
    acts.activate(world, plan, first=False)
    (asked,) = acknowledgements_of(world.session, plan.id)
    assert (asked.major, asked.minor, asked.state.value) == (2, 0, "PENDING")
    assert support.state.value == "ASSIGNED"
