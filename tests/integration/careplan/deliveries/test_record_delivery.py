"""Deliveries on a plan or a voucher: counted, or reported as deviations (PLAN-10, S1.27)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.careplan.domain.deliveries.delivery import DeviationCause, DeviationKind
from services.careplan.domain.deliveries.refusals import Duplicate, ServiceDateInFuture
from services.careplan.domain.lifecycle.refusals import OpenVoucher
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.refusals import NoRelationship, ServiceNotInCatalogue
from services.careplan.operations.lifecycle.complete_plan_service import complete_plan_service
from services.chassis.inbox import NotYet
from services.chassis.sections import read_sections
from services.kernel.care import DeliveryMode
from sote.careplan.v1 import events_pb2 as facts
from sote.careplan.v1.section_pb2 import PlanSection
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


def complete(world: World, plan: Plan, service_id: Any) -> None:
    complete_plan_service(
        world.session,
        plan_id=plan.id,
        plan_service_id=service_id,
        etag="",
        caller=world.caller("P01"),
        now=world.now,
    )


def test_deliveries_add_up_and_complete_a_purchase_PLAN_10(world: World) -> None:
    plan = chosen(world)
    acts.acknowledge(world, plan, "P10")
    service = acts.service_of(plan, "SOC-FAM-SUPP")
    first, deviation = acts.deliver(world, acts.given(world, "SOC-FAM-SUPP", "P10", units=2))
    assert (first.conforms, first.early, deviation, service.state.value) == (True, False, None, "IN_DELIVERY")
    acts.deliver(world, acts.given(world, "SOC-FAM-SUPP", "P10", units=4))
    assert (service.state.value, service.units_delivered) == ("COMPLETED", 6)
    (fact,) = world.announced(facts.PlanServiceCompleted)
    assert fact.plan_service_id == str(service.id)


def test_a_voucher_service_is_completed_by_its_settlement_only_PLAN_10(world: World) -> None:
    plan = chosen(world)
    delivery, _ = acts.deliver(world, acts.given(world, HOME, "P05", units=40))
    service = acts.service_of(plan, HOME)
    assert (delivery.voucher_id, service.state.value) == (service.voucher_id, "IN_DELIVERY")
    with pytest.raises(OpenVoucher):
        complete(world, plan, service.id)
    world.hear(voucher.VoucherFullyRedeemed(voucher=acts.voucher_of(world, plan, HOME, 3, "CLOSING", "P05")))
    assert service.state.value == "IN_DELIVERY"
    world.hear(voucher.VoucherSettled(voucher=acts.voucher_of(world, plan, HOME, 4, "SETTLED", "P05")))
    assert service.state.value == "COMPLETED"


def test_delivery_before_the_acknowledgement_is_early_PLANSERVICE_3(world: World) -> None:
    plan = chosen(world)
    delivery, _ = acts.deliver(world, acts.given(world, HOME, "P05"))
    assert (delivery.conforms, delivery.early) == (True, True)
    acts.acknowledge(world, plan, "P05")
    assert acts.service_of(plan, HOME).state.value == "IN_DELIVERY"
    assert not acts.deliver(world, acts.given(world, HOME, "P05"))[0].early


@pytest.mark.parametrize(
    ("code", "who", "more", "kind"),
    [
        ("HLT-OT", "P07", {}, DeviationKind.NOT_IN_PLAN),
        ("SOC-FAM-SUPP", "P07", {}, DeviationKind.WRONG_PROVIDER),
        ("SOC-FAM-SUPP", "P10", {"units": 7}, DeviationKind.OVER_QUANTITY),
        ("HLT-SCHOOL", "P01", {"urgent": True}, DeviationKind.NOT_IN_PLAN),
    ],
)
def test_what_is_not_as_planned_is_stored_and_reported_S1_27(
    world: World, code: str, who: str, more: dict[str, Any], kind: DeviationKind
) -> None:
    plan = chosen(world)
    delivery, deviation = acts.deliver(world, replace(acts.given(world, code, who), **more))
    assert deviation is not None
    assert (delivery.conforms, deviation.kind, delivery.plan_id) == (False, kind, plan.id)
    assert deviation.cause is (DeviationCause.URGENT_CARE if more.get("urgent") else None)
    assert acts.service_of(plan, "SOC-FAM-SUPP").units_delivered == 0
    (fact,) = world.announced(facts.PlanDeviationReported)
    assert fact.deviation_id == str(deviation.id)
    (row,) = read_sections(world.session, [world.id("child")])
    (shown,) = PlanSection.FromString(row.body).deviations
    assert shown.provider_name == f"provider {who}"


def test_an_unplanned_mode_counts_but_deviates_S1_27(world: World) -> None:
    modes = (DeliveryMode.AT_HOME,)
    plan = acts.active_plan(world, [replace(acts.support(world), modes=modes)])
    what = replace(acts.given(world, "SOC-FAM-SUPP", "P10"), mode=DeliveryMode.E_SERVICE)
    _, deviation = acts.deliver(world.at(date(2025, 3, 10)), what)
    assert deviation is not None
    assert deviation.kind is DeviationKind.MODE
    service = acts.service_of(plan, "SOC-FAM-SUPP")
    assert (service.units_delivered, service.state.value) == (1, "ASSIGNED")


def test_days_to_come_unknown_services_and_repeats_are_refused_PLAN_10(world: World) -> None:
    chosen(world)
    with pytest.raises(ServiceDateInFuture):
        acts.deliver(world, acts.given(world, HOME, "P05", date(2025, 3, 11)))
    with pytest.raises(ServiceNotInCatalogue):
        acts.deliver(world, acts.given(world, "SOC-UNHEARD", "P05"))
    acts.deliver(world, replace(acts.given(world, HOME, "P05"), external_ref="a-1"))
    with pytest.raises(Duplicate):
        acts.deliver(world, replace(acts.given(world, HOME, "P05"), external_ref="a-1"))
    acts.deliver(world, replace(acts.given(world, "SOC-FAM-SUPP", "P10"), external_ref="a-1"))


def test_a_client_without_a_plan_gets_deliveries_on_a_voucher_S2_10(world: World) -> None:
    world.assess()
    told = {"service_code": "HLT-PHYSIO", "provider_id": str(world.id("P07"))}
    active = world.voucher_facts(None, 3, "ACTIVE", **told)
    what = acts.given(world, "HLT-PHYSIO", "P07")
    voucher_id = world.id("voucher HLT-PHYSIO")
    world.at(date(2025, 4, 1))
    with pytest.raises(NotYet):
        acts.deliver(world, what, voucher_id=voucher_id)
    world.hear(voucher.VoucherActivated(voucher=active))
    for number in range(6):
        delivery, deviation = acts.deliver(world, what, voucher_id=voucher_id)
        assert (delivery.conforms, delivery.plan_id, deviation) == (number < 5, None, None)
    recorded = world.announced(facts.DeliveryRecorded)
    assert {one.voucher_id for one in recorded} == {str(voucher_id)}
    assert not world.announced(facts.PlanDeviationReported)
    (row,) = read_sections(world.session, [world.id("child")])
    (shown,) = PlanSection.FromString(row.body).voucher_deliveries
    assert (shown.deliveries, shown.units, shown.provider_name) == (6, 6, "provider P07")


def test_urgent_care_is_never_refused_PROCESS_6(world: World) -> None:
    world.assess()
    world.at(date(2025, 4, 1))
    with pytest.raises(NoRelationship):
        acts.deliver(world, acts.given(world, "HLT-GP", "P02"))
    delivery, _ = acts.deliver(world, replace(acts.given(world, "HLT-GP", "P02"), urgent=True))
    assert not delivery.conforms
    unheard, _ = acts.deliver(world, replace(acts.given(world, "SOC-UNHEARD", "P02"), urgent=True))
    assert not unheard.conforms


def test_nobody_delivers_on_anothers_voucher_S2_18(world: World) -> None:
    world.assess()
    told = {"service_code": "HLT-PHYSIO", "provider_id": str(world.id("P07"))}
    world.hear(voucher.VoucherActivated(voucher=world.voucher_facts(None, 3, "ACTIVE", **told)))
    what = acts.given(world.at(date(2025, 4, 1)), "HLT-PHYSIO", "P05")
    with pytest.raises(NoRelationship):
        acts.deliver(world, what, voucher_id=world.id("voucher HLT-PHYSIO"))
