"""A centre operates the plans of the clients who chose it, until its contract is over
(PLAN-1, PROCESS-C10, story 5)."""

from datetime import date
from uuid import uuid4

import pytest

from services.careplan.domain.lifecycle.refusals import OperatorNotChosen
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_states import PlanState
from services.careplan.domain.plans.refusals import NotTheOperator
from services.careplan.domain.terms import OperatorKind
from services.careplan.operations.transfers.take_over_plans import take_over_plans
from sote.careplan.v1 import events_pb2 as facts
from sote.client.v1 import choice_pb2
from sote.provider.v1 import events_pb2 as provider
from tests.builders.careplan import acts, searches
from tests.builders.careplan.county import World, day

pytestmark = pytest.mark.integration
HSSC = OperatorKind.DIRECT_CHOICE_HSSC


def by_centre(world: World) -> Plan:
    """The chosen centre P02 drafts the client's plan."""
    return acts.draft(world, caller=world.caller("P02", "HOP"), operator_unit_id=world.id("U-P02"), operator_kind=HSSC)


def in_force(world: World) -> Plan:
    """The plan of story 5: the centre operates it, the enterprise works in it and is consulted."""
    world.assess()
    world.choose("P02")
    plan = by_centre(world)
    acts.edit(world, plan, [acts.own_work(world), acts.doctor(world)], caller=world.caller("P02", "HOP"))
    (request,) = acts.consult(world, plan, caller="P02")
    acts.answer(world, request)
    return acts.activate(world, plan, caller="P02")


def end_contract(world: World, state: str = "TERMINATED") -> None:
    over = world.ended_contract("P02", state)
    world.hear(provider.ContractTerminated(contract=over, effective_date=day(world.now.date())))
    take_over_plans(world.session, rules=world.rules, now=world.now, new_id=uuid4)


def test_a_centre_operates_the_plan_of_a_client_who_chose_it_PLAN_1(world: World) -> None:
    world.assess()
    with pytest.raises(OperatorNotChosen):
        by_centre(world)
    world.choose("P02", choice_id=str(uuid4()), kind=choice_pb2.DIRECT_CHOICE_KIND_DENTAL)
    with pytest.raises(OperatorNotChosen):
        by_centre(world)
    world.choose("P02")
    assert by_centre(world).operator_organisation_id == world.id("P02")


def test_a_choice_that_ended_counts_no_more_whatever_is_heard_late_PLAN_1(world: World) -> None:
    world.assess()
    world.choose("P02", version=2, ended=date(2025, 2, 1))
    world.choose("P02", version=1)
    with pytest.raises(OperatorNotChosen):
        by_centre(world)


def test_the_centre_draws_the_plan_up_and_the_enterprise_is_consulted_S2_12(world: World) -> None:
    plan = in_force(world)
    assert (plan.state, plan.operator_kind, plan.version_number) == (PlanState.ACTIVE, HSSC, "1.0")
    with pytest.raises(NotTheOperator):
        acts.edit(world, plan, caller=world.caller("P01"))


@pytest.mark.parametrize("heard", [("made", "ended"), ("ended", "made")])
def test_planned_services_follow_the_client_to_another_centre_PLAN_1(world: World, heard: tuple[str, str]) -> None:
    plan = acts.active_plan(world, [acts.doctor(world), acts.own_work(world)])
    world.choose("P02")
    world.at(date(2025, 4, 10))
    for what in heard:
        if what == "made":
            world.choose("P03")
        else:
            world.choose("P02", version=2, ended=date(2025, 4, 10))
    service = acts.service_of(plan, "HLT-GP")
    assert (service.provider_id, service.contract_id) == (world.id("P03"), world.id("K-P03"))
    assert (service.state.value, plan.version_number) == ("ASSIGNED", "1.2")
    assert acts.service_of(plan, "SOC-FAM-WORK").provider_id == world.id("P01")
    before, _ = acts.deliver(world, acts.given(world, "HLT-GP", "P02", date(2025, 4, 9)))
    after, _ = acts.deliver(world, acts.given(world, "HLT-GP", "P02", date(2025, 4, 10)))
    assert (before.conforms, after.conforms) == (True, False)


@pytest.mark.parametrize("state", ["TERMINATED", "EXPIRED"])
def test_the_enterprise_takes_the_plan_over_when_the_contract_is_over_PROCESS_C10(world: World, state: str) -> None:
    plan = in_force(world)
    end_contract(world, state)
    end_contract(world, state)
    assert (plan.operator_organisation_id, plan.operator_epoch) == (world.id("P01"), 2)
    (told,) = world.announced(facts.PlanOperatorChanged)
    assert (told.ordered, told.former_operator_organisation_id) == (True, str(world.id("P02")))
    assert told.plan.operator_epoch == 2


@pytest.mark.parametrize("first", ["operator", "services"])
def test_plan_and_services_leave_the_centre_in_whatever_order_the_timers_run_PROCESS_C10(
    world: World, first: str
) -> None:
    plan = in_force(world)
    world.at(date(2025, 4, 10))
    over = world.ended_contract("P02", "TERMINATED")
    world.hear(provider.ContractTerminated(contract=over, effective_date=day(world.now.date())))
    if first == "services":
        searches.look(world)
    take_over_plans(world.session, rules=world.rules, now=world.now, new_id=uuid4)
    searches.look(world)
    assert (plan.operator_organisation_id, plan.operator_epoch) == (world.id("P01"), 2)
    assert acts.service_of(plan, "HLT-GP").state.value == "REROUTE"
    assert (searches.only(world).cause.value, searches.only(world).state.value) == ("CONTRACT", "OPEN")
    world.choose("P02", version=2, ended=date(2025, 4, 10))
    world.choose("P03")
    assert (acts.service_of(plan, "HLT-GP").provider_id, searches.only(world).state.value) == (
        world.id("P03"),
        "CONFIRMED",
    )


def test_a_suspended_centre_keeps_its_plans_PROCESS_C10(world: World) -> None:
    plan = in_force(world)
    end_contract(world, "SUSPENDED")
    assert (plan.operator_organisation_id, plan.operator_epoch) == (world.id("P02"), 1)


def test_a_centre_with_another_contract_keeps_its_plans_PROCESS_C10(world: World) -> None:
    plan = in_force(world)
    world.hear(provider.ContractActivated(contract=world.contract_facts("P02", contract_id=str(uuid4()))))
    end_contract(world)
    assert plan.operator_organisation_id == world.id("P02")


def test_a_plan_that_never_came_into_force_is_cancelled_PROCESS_C10(world: World) -> None:
    world.assess()
    world.choose("P02")
    plan = by_centre(world)
    end_contract(world)
    assert (plan.state, plan.last_reason) == (PlanState.CANCELLED, "CONTRACT_ENDED")
    assert acts.draft(world).operator_organisation_id == world.id("P01")
