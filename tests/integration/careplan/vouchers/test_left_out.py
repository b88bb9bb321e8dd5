"""A review leaves out, or arranges otherwise, what an open voucher funds (PLANBOUND-1, INV-03, PLAN-13, PLAN-16)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from google.protobuf.message import Message
from sqlalchemy import select

from services.careplan.domain.deliveries.delivery import DeviationKind
from services.careplan.domain.lifecycle.refusals import OpenVoucher
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_states import PlanState
from services.careplan.domain.terms import CloseReason, ReviewCause
from services.careplan.operations.lifecycle.close_plan import close_plan
from services.careplan.operations.lifecycle.start_review import start_review
from services.chassis.database import outbox
from services.chassis.values import day
from services.kernel.care import Arrangement
from sote.careplan.v1 import events_pb2 as careplan
from sote.careplan.v1 import plan_pb2
from sote.voucher.v1 import events_pb2 as voucher
from tests.builders.careplan import acts
from tests.builders.careplan.county import World

pytestmark = pytest.mark.integration

HELP, WORK = "SOC-FAM-HOME", "SOC-FAM-WORK"
REVIEWED, NOTICE, AFTER = date(2025, 3, 10), date(2025, 3, 24), date(2025, 3, 25)


def hear(world: World, plan: Plan, kind: Any, version: int, state: str, **more: Any) -> None:
    world.hear(kind(voucher=acts.voucher_of(world, plan, HELP, version, state, "P05", **more)))


def review(world: World, plan: Plan) -> Plan:
    by: dict[str, Any] = {"etag": "", "caller": world.caller("P01"), "now": world.now}
    return start_review(world.session, plan_id=plan.id, cause=ReviewCause.NEED_CHANGED, **by)


@pytest.fixture
def plan(world: World) -> Plan:
    """Home help at the helper by voucher, and the county's own work; a review has begun."""
    made = acts.active_plan(world, [acts.own_work(world), acts.home_help(world)])
    hear(world, made, voucher.VoucherActivated, 3, "ACTIVE")
    return review(world.at(REVIEWED), made)


def leave_out(world: World, plan: Plan) -> Plan:
    acts.edit(world, plan, remove_services=[acts.service_of(plan, HELP).id])
    return acts.activate(world, plan, first=False)


def told(world: World, kind: type[Message]) -> Any:
    """The last fact of the kind."""
    query = select(outbox.c.body).where(outbox.c.routing_key == kind.DESCRIPTOR.full_name).order_by(outbox.c.id)
    return kind.FromString(bytes(world.session.scalars(query).all()[-1]))


def deliver(world: World, on: date) -> tuple[bool, DeviationKind | None]:
    """(whether a delivery of that day conforms, its deviation)"""
    delivery, deviation = acts.deliver(world.at(on), acts.given(world, HELP, "P05", on))
    # Nobody is asked to promise what is left out, so nothing comes before a promise.
    assert (delivery.voucher_id, delivery.early) == (world.id(f"voucher {HELP}"), False)
    return delivery.conforms, deviation.kind if deviation else None


def test_what_a_version_leaves_out_is_told_as_cancelled_since_its_day_PLANBOUND_1(world: World, plan: Plan) -> None:
    leave_out(world, plan)
    fact = told(world, careplan.PlanVersionActivated).plan
    (gone,) = (one for one in fact.services if one.service_code == HELP)
    assert (gone.state, gone.voucher_id) == (
        plan_pb2.PLAN_SERVICE_STATE_CANCELLED,
        str(world.id(f"voucher {HELP}")),
    )
    assert (fact.major, fact.in_force_from) == (2, day(REVIEWED))


def test_deliveries_conform_until_the_notice_is_over_PLANBOUND_1(world: World, plan: Plan) -> None:
    leave_out(world, plan)
    assert deliver(world, REVIEWED) == (True, None)
    hear(world, plan, voucher.VoucherRevoked, 4, "CLOSING", cut_off_date=day(NOTICE))
    assert deliver(world, NOTICE) == (True, None)
    assert deliver(world, AFTER) == (False, DeviationKind.NOT_IN_PLAN)
    service = acts.service_of(plan, HELP)
    assert (service.units_delivered, service.state.value) == (2, "CANCELLED")


def test_the_end_of_the_voucher_moves_nothing_INV_03(world: World, plan: Plan) -> None:
    leave_out(world, plan)
    service, facts = acts.service_of(plan, HELP), world.facts()
    for version, state in ((4, "CLOSING"), (5, "SETTLED")):
        hear(world, plan, voucher.VoucherRevoked, version, state, cut_off_date=day(NOTICE))
        assert (service.state.value, service.voucher_id) == ("CANCELLED", world.id(f"voucher {HELP}"))
    assert (world.facts(), plan.version_number) == (facts, "2.0")


def test_the_plan_stays_open_while_a_voucher_runs_on_PLAN_16(world: World, plan: Plan) -> None:
    leave_out(world, plan)
    hear(world, plan, voucher.VoucherRevoked, 4, "CLOSING", cut_off_date=day(NOTICE))
    by: dict[str, Any] = {"etag": "", "caller": world.caller("P01"), "now": world.now, "reason": CloseReason.NO_NEED}
    with pytest.raises(OpenVoucher):
        close_plan(world.session, plan_id=plan.id, **by)
    hear(world, plan, voucher.VoucherSettled, 5, "SETTLED", cut_off_date=day(NOTICE))
    assert close_plan(world.session, plan_id=plan.id, **by).state is PlanState.CLOSED


def test_what_is_arranged_otherwise_is_not_funded_by_the_voucher_any_more_PLANBOUND_1(world: World) -> None:
    wanted = acts.wish(world, WORK, Arrangement.VOUCHER, units=40)
    plan = acts.active_plan(world, [acts.home_help(world), wanted])
    service = acts.service_of(plan, WORK)
    world.hear(voucher.VoucherIssued(voucher=acts.voucher_of(world, plan, WORK, 2, "ISSUED")))
    review(world, plan)
    acts.edit(world, plan, [replace(acts.own_work(world), plan_service_id=service.id)])
    acts.activate(world, plan, first=False)
    (line,) = (one for one in told(world, careplan.PlanVersionActivated).plan.services if one.service_code == WORK)
    assert (line.voucher_id, line.provider_id) == ("", str(world.id("P01")))
    world.hear(voucher.VoucherRevoked(voucher=acts.voucher_of(world, plan, WORK, 3, "REVOKED")))
    assert (service.state.value, service.voucher_id) == ("ASSIGNED", None)
