"""A planned service follows the voucher that funds it (process A, PLAN-9)."""

from datetime import date
from uuid import uuid4

import pytest

from services.careplan.domain.plans.plan import Plan
from services.careplan.storage.acknowledgements import acknowledgements_of
from services.chassis.inbox import NotYet
from sote.careplan.v1 import events_pb2 as facts
from sote.voucher.v1 import events_pb2 as voucher
from tests.builders.careplan import acts
from tests.builders.careplan.county import World

pytestmark = pytest.mark.integration
HOME = "SOC-FAM-HOME"


def chosen(world: World) -> Plan:
    """A plan with home help at P05 and a support family at P10."""
    plan = acts.active_plan(world, [acts.home_help(world), acts.support(world)])
    world.hear(voucher.VoucherIssued(voucher=acts.voucher_of(world, plan, HOME, 1, "ISSUED")))
    world.hear(voucher.VoucherReserved(voucher=acts.voucher_of(world, plan, HOME, 2, "RESERVED", "P05")))
    world.at(date(2025, 3, 10))
    return plan


def test_a_declined_voucher_takes_the_provider_off_PLAN_9(world: World) -> None:
    plan = chosen(world)
    service = acts.service_of(plan, HOME)
    declined = acts.voucher_of(world, plan, HOME, 3, "ISSUED")
    world.hear(voucher.VoucherDeclined(voucher=declined, provider_id=str(world.id("P05"))))
    assert (plan.version_number, service.state.value, service.provider_id) == ("1.2", "AWAITING_CHOICE", None)
    assert [one.provider_id for one in acknowledgements_of(world.session, plan.id)] == [world.id("P10")]
    (fact,) = world.announced(facts.PlanProviderUnassigned)
    assert fact.plan_service_id == str(service.id)
    world.hear(voucher.VoucherReserved(voucher=acts.voucher_of(world, plan, HOME, 4, "RESERVED", "P05")))
    assert plan.version_number == "1.3"


def test_repeated_and_late_voucher_facts_change_nothing_GUARANTEE_6(world: World) -> None:
    plan = chosen(world)
    before, told = plan.version, world.facts()
    for version, state in ((1, "ISSUED"), (2, "RESERVED")):
        who = "P05" if state == "RESERVED" else ""
        world.hear(voucher.VoucherReserved(voucher=acts.voucher_of(world, plan, HOME, version, state, who)))
    assert (plan.version, world.facts()) == (before, told)


def test_a_voucher_settled_before_anything_else_was_heard_PROCESS_A9(world: World) -> None:
    plan = acts.active_plan(world, [acts.home_help(world)])
    world.hear(voucher.VoucherSettled(voucher=acts.voucher_of(world, plan, HOME, 9, "SETTLED", "P05")))
    service = acts.service_of(plan, HOME)
    assert (service.state.value, service.provider_id, plan.version_number) == ("COMPLETED", world.id("P05"), "1.1")


def test_a_refused_voucher_frees_the_service_for_another_arrangement_VOUCHER_3(world: World) -> None:
    plan = acts.active_plan(world, [acts.home_help(world)])
    world.hear(voucher.VoucherIssued(voucher=acts.voucher_of(world, plan, HOME, 1, "ISSUED")))
    service = acts.service_of(plan, HOME)
    linked = [one.voucher_id for one in plan.services]
    assert linked == [world.id(f"voucher {HOME}")]
    world.hear(voucher.VoucherRefused(voucher=acts.voucher_of(world, plan, HOME, 2, "REFUSED")))
    assert (service.voucher_id, service.state.value) == (None, "AWAITING_CHOICE")


def test_a_voucher_of_an_unknown_plan_waits_GUARANTEE_6(world: World) -> None:
    facts_of = world.voucher_facts(None, 1, "ISSUED", service_code=HOME, plan_id=str(uuid4()))
    facts_of.plan_service_id = str(uuid4())
    with pytest.raises(NotYet):
        world.hear(voucher.VoucherIssued(voucher=facts_of))
