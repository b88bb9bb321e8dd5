"""A plan is closed when nothing of it is open (PLAN-16)."""

from typing import Any

import pytest

from services.careplan.domain.lifecycle.refusals import OpenEnrolment, OpenVoucher
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_states import PlanState
from services.careplan.domain.terms import CloseReason
from services.careplan.operations.lifecycle.close_plan import close_plan
from sote.package.v1 import events_pb2 as package
from sote.voucher.v1 import events_pb2 as voucher
from tests.builders.careplan import acts
from tests.builders.careplan.county import World

pytestmark = pytest.mark.integration


def told(world: World, plan: Plan, **more: Any) -> dict[str, Any]:
    """Arguments of a command about a plan by its operator."""
    return {"plan_id": plan.id, "etag": "", "caller": world.caller("P01"), "now": world.now} | more


def test_an_open_voucher_or_enrolment_keeps_the_plan_open_PLAN_16(world: World) -> None:
    plan = acts.active_plan(world, [acts.own_work(world), acts.home_help(world)])
    world.hear(voucher.VoucherIssued(voucher=acts.voucher_of(world, plan, "SOC-FAM-HOME", 1, "ISSUED")))
    arguments = told(world, plan, reason=CloseReason.NO_NEED)
    with pytest.raises(OpenVoucher):
        close_plan(world.session, **arguments)
    world.hear(voucher.VoucherExpired(voucher=acts.voucher_of(world, plan, "SOC-FAM-HOME", 2, "EXPIRED")))
    world.hear(package.EnrolmentActivated(enrolment=world.enrolment(state="ACTIVE")))
    with pytest.raises(OpenEnrolment):
        close_plan(world.session, **arguments)
    world.hear(package.EnrolmentCompleted(enrolment=world.enrolment(state="COMPLETED", version=4)))
    close_plan(world.session, **arguments)
    assert plan.state is PlanState.CLOSED
    assert {service.state.value for service in plan.services} == {"CANCELLED"}
    assert acts.draft(world).state is PlanState.DRAFT
