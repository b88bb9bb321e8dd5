"""A package asks the plan to take its items (process B, step PROCESS-B3)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from services.careplan.domain.plans.plan_states import PlanState
from services.careplan.operations.enrolments.plan_waiting_items import plan_waiting_items
from services.careplan.storage.acknowledgements import acknowledgements_of
from sote.careplan.v1 import events_pb2 as facts
from sote.careplan.v1 import plan_pb2
from sote.package.v1 import events_pb2 as package
from tests.builders.careplan import acts
from tests.builders.careplan.county import World

pytestmark = pytest.mark.integration


def wait(world: World, minutes: int) -> None:
    plan_waiting_items(world.session, rules=world.rules, now=world.now + timedelta(minutes=minutes), new_id=uuid4)


def test_items_wait_for_a_plan_and_are_refused_after_an_hour_PROCESS_B3(world: World) -> None:
    world.assess()
    world.hear(package.EnrolmentExpanding(enrolment=world.enrolment()))
    wait(world, 59)
    assert world.facts() == []
    wait(world, 60)
    wait(world, 61)
    (fact,) = world.announced(facts.EnrolmentItemsRefused)
    assert (fact.enrolment_id, fact.reason) == (str(world.id("enrolment of child")), "OPEN_PLAN_MISSING")
    acts.draft(world)
    wait(world, 62)
    assert "EnrolmentItemsPlanned" not in world.facts()


def test_items_are_planned_once_when_a_plan_comes_PROCESS_B3(world: World) -> None:
    world.assess()
    world.hear(package.EnrolmentExpanding(enrolment=world.enrolment()))
    plan = acts.draft(world)
    wait(world, 1)
    world.hear(package.EnrolmentExpanding(enrolment=world.enrolment()))
    wait(world, 2)
    assert len(plan.drawn_up().services) == 6
    (fact,) = world.announced(facts.EnrolmentItemsPlanned)
    assert {one.item_code: one.state for one in fact.plan.services} == dict.fromkeys(
        [line.item_code for line in plan.drawn_up().services], plan_pb2.PLAN_SERVICE_STATE_PLANNED
    )


def test_a_plan_in_force_is_reviewed_and_equal_services_are_linked_PROCESS_B3(world: World) -> None:
    plan = acts.active_plan(world, [acts.support(world)])
    before = acts.service_of(plan, "SOC-FAM-SUPP")
    world.hear(package.EnrolmentExpanding(enrolment=world.enrolment()))
    assert plan.state is PlanState.UNDER_REVIEW
    lines = {line.service_code: line for line in plan.drawn_up().services}
    assert len(plan.drawn_up().services) == 6
    assert lines["SOC-FAM-SUPP"].plan_service_id == before.id
    assert before.enrolment_id is None
    (fact,) = world.announced(facts.EnrolmentItemsPlanned)
    assert {one.item_code for one in fact.plan.services} == set(lines)
    acts.consult(world, plan)
    acts.activate(world, plan, first=False)
    assert before.enrolment_id == world.id("enrolment of child")
    assert [one.major for one in acknowledgements_of(world.session, plan.id)] == [1]


def test_an_item_that_no_contract_covers_is_refused_at_once_PROCESS_B3(world: World) -> None:
    world.assess()
    plan = acts.draft(world)
    enrolment = world.enrolment()
    enrolment.items[5].provider_id = str(world.id("P07"))
    world.hear(package.EnrolmentExpanding(enrolment=enrolment))
    (fact,) = world.announced(facts.EnrolmentItemsRefused)
    assert fact.reason == "NO_ACTIVE_CONTRACT"
    assert plan.drawn_up().services == ()


def test_a_consultation_is_not_disturbed_PROCESS_B3(world: World) -> None:
    world.assess()
    plan = acts.edit(world, acts.draft(world), [acts.support(world)])
    (request,) = acts.consult(world, plan)
    world.hear(package.EnrolmentExpanding(enrolment=world.enrolment()))
    assert len(plan.drawn_up().services) == 1
    acts.answer(world, request)
    acts.activate(world, plan)
    wait(world, 1)
    assert plan.state is PlanState.UNDER_REVIEW


def test_an_enrolment_that_ended_is_not_planned_PROCESS_B3(world: World) -> None:
    world.assess()
    world.hear(package.EnrolmentExpanding(enrolment=world.enrolment()))
    world.hear(package.EnrolmentCancelled(enrolment=world.enrolment(state="CANCELLED", version=4)))
    acts.draft(world)
    wait(world, 1)
    assert world.facts() == ["PlanDrafted"]
