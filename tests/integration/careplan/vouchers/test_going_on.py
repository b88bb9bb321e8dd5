"""A plan in force: acknowledgements, refusals, deliveries, vouchers, packages (PLAN-7 to PLAN-10, sagas A, B, E)."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.careplan.domain.acknowledgements.acknowledgement import RefusalReason
from services.careplan.domain.acknowledgements.refusals import AcknowledgementNotAsked, AcknowledgementOutdated
from services.careplan.domain.deliveries.delivery import DeviationCause, DeviationKind
from services.careplan.domain.deliveries.refusals import Duplicate, ServiceDateInFuture
from services.careplan.domain.lifecycle.refusals import OpenVoucher
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.refusals import NoRelationship, PlanServiceUnknown, ServiceNotInCatalogue
from services.careplan.operations.acknowledgements.pass_acknowledgements_due import pass_acknowledgements_due
from services.careplan.operations.lifecycle.complete_plan_service import complete_plan_service
from services.careplan.storage.acknowledgements import acknowledgements_of
from services.chassis.inbox import NotYet
from services.chassis.sections import read_sections
from services.kernel.care import DeliveryMode
from services.kernel.refusal import IllegalTransition
from sote.careplan.v1 import events_pb2 as facts
from sote.careplan.v1.section_pb2 import PlanSection
from sote.voucher.v1 import events_pb2 as voucher
from tests.builders.careplan import acts
from tests.builders.careplan.county import FIRST, World

pytestmark = pytest.mark.integration
HOME = "SOC-FAM-HOME"


def complete(world: World, plan: Plan, service_id: Any) -> None:
    complete_plan_service(
        world.session,
        plan_id=plan.id,
        plan_service_id=service_id,
        etag="",
        caller=world.caller("P01"),
        now=world.now,
    )


def chosen(world: World) -> Plan:
    """A plan with home help at P05 and a support family at P10."""
    plan = acts.active_plan(world, [acts.home_help(world), acts.support(world)])
    world.hear(voucher.VoucherIssued(voucher=acts.voucher_of(world, plan, HOME, 1, "ISSUED")))
    world.hear(voucher.VoucherReserved(voucher=acts.voucher_of(world, plan, HOME, 2, "RESERVED", "P05")))
    world.at(date(2025, 3, 10))
    return plan


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


def test_a_refusal_is_told_and_kept_PLAN_8(world: World) -> None:
    plan = acts.active_plan(world, [acts.support(world)])
    refused = acts.refuse(world, plan, "P10", RefusalReason.OTHER)
    assert (refused.state.value, refused.breach) == ("REFUSED", True)
    (fact,) = world.announced(facts.PlanRefusedByProvider)
    assert (fact.reason_code, fact.major, fact.minor) == ("OTHER", refused.major, refused.minor) == ("OTHER", 1, 0)
    assert "rather" not in str(fact)


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
    delivery, deviation = acts.deliver(world, acts.given(world, code, who, **more))
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
    plan = acts.active_plan(world, [acts.support(world, modes=modes)])
    what = acts.given(world, "SOC-FAM-SUPP", "P10", mode=DeliveryMode.E_SERVICE)
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
    acts.deliver(world, acts.given(world, HOME, "P05", external_ref="a-1"))
    with pytest.raises(Duplicate):
        acts.deliver(world, acts.given(world, HOME, "P05", external_ref="a-1"))
    acts.deliver(world, acts.given(world, "SOC-FAM-SUPP", "P10", external_ref="a-1"))


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
    delivery, _ = acts.deliver(world, acts.given(world, "HLT-GP", "P02", urgent=True))
    assert not delivery.conforms
    unheard, _ = acts.deliver(world, acts.given(world, "SOC-UNHEARD", "P02", urgent=True))
    assert not unheard.conforms


def test_nobody_delivers_on_anothers_voucher_S2_18(world: World) -> None:
    world.assess()
    told = {"service_code": "HLT-PHYSIO", "provider_id": str(world.id("P07"))}
    world.hear(voucher.VoucherActivated(voucher=world.voucher_facts(None, 3, "ACTIVE", **told)))
    what = acts.given(world.at(date(2025, 4, 1)), "HLT-PHYSIO", "P05")
    with pytest.raises(NoRelationship):
        acts.deliver(world, what, voucher_id=world.id("voucher HLT-PHYSIO"))


def test_an_uncounted_service_is_said_done_PLANSERVICE_2(world: World) -> None:
    plan = acts.active_plan(world, [acts.own_work(world, 0), acts.home_help(world)])
    with pytest.raises(PlanServiceUnknown):
        complete(world, plan, uuid4())
    with pytest.raises(IllegalTransition):
        complete(world, plan, acts.service_of(plan, HOME).id)
    complete(world, plan, acts.service_of(plan, "SOC-FAM-WORK").id)
    assert acts.service_of(plan, "SOC-FAM-WORK").state.value == "COMPLETED"


def test_no_fact_holds_free_text_INV_25(world: World) -> None:
    plan = chosen(world)
    what = acts.given(world, HOME, "P05", FIRST, place="the red house", performer_title="carer")
    acts.deliver(world, what)
    rows = [str(one) for one in world.announced(facts.DeliveryRecorded) + world.announced(facts.PlanActivated)]
    assert all(text not in row for row in rows for text in ("red house", acts.VIEW, "School days"))
    assert plan.client_view == acts.VIEW
