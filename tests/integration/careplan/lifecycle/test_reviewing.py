"""Reviewing and ending a plan in force (PLAN-11 to PLAN-17, S2.13)."""

from typing import Any

import pytest

from services.careplan.domain.consultations.consultation import ConsultationState
from services.careplan.domain.lifecycle.refusals import OpenEnrolment, OpenVoucher
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_states import PlanState
from services.careplan.domain.plans.refusals import ConsultationPending, NotTheOperator
from services.careplan.domain.terms import CloseReason, ReviewCause
from services.careplan.operations.lifecycle.cancel_plan import cancel_plan
from services.careplan.operations.lifecycle.close_plan import close_plan
from services.careplan.operations.lifecycle.discard_review import discard_review
from services.careplan.operations.lifecycle.start_review import start_review
from services.careplan.storage.acknowledgements import acknowledgements_of
from services.kernel.refusal import IllegalTransition
from sote.package.v1 import events_pb2 as package
from sote.voucher.v1 import events_pb2 as voucher
from tests.builders.careplan import acts
from tests.builders.careplan.county import World

pytestmark = pytest.mark.integration


def told(world: World, plan: Plan, **more: Any) -> dict[str, Any]:
    """Arguments of a command about a plan by its operator."""
    return {"plan_id": plan.id, "etag": "", "caller": world.caller("P01"), "now": world.now} | more


def review(world: World, plan: Plan, cause: ReviewCause = ReviewCause.NEED_CHANGED, by: str = "P01") -> Plan:
    return start_review(world.session, **told(world, plan, cause=cause, caller=world.caller(by)))


def test_a_review_makes_the_next_major_version_PLAN_13(world: World) -> None:
    plan = acts.active_plan(world, [acts.own_work(world), acts.support(world)])
    acts.acknowledge(world, plan, "P10")
    review(world, plan)
    own = acts.service_of(plan, "SOC-FAM-WORK")
    acts.edit(world, plan, [acts.own_work(world, 40, plan_service_id=own.id), acts.home_help(world)])
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
    acts.edit(world, plan, [acts.support(world, 8, plan_service_id=support.id)])
    with pytest.raises(ConsultationPending):
        acts.activate(world, plan, first=False)
    (request,) = acts.consult(world, plan)
    acts.answer(world, request)
    acts.activate(world, plan, first=False)
    (asked,) = acknowledgements_of(world.session, plan.id)
    assert (asked.major, asked.minor, asked.state.value) == (2, 0, "PENDING")
    assert support.state.value == "ASSIGNED"


def test_what_is_in_force_is_acknowledged_also_while_it_is_reviewed_PLAN_7(world: World) -> None:
    plan = acts.active_plan(world, [acts.support(world)])
    review(world, plan)
    acts.acknowledge(world, plan, "P10")
    assert (plan.state, acts.service_of(plan, "SOC-FAM-SUPP").state.value) == (
        PlanState.UNDER_REVIEW,
        "ACKNOWLEDGED",
    )


def test_a_discarded_review_leaves_no_trace_in_force_PLAN_14(world: World) -> None:
    plan = acts.active_plan(world, [acts.support(world)])
    review(world, plan)
    support = acts.service_of(plan, "SOC-FAM-SUPP")
    acts.edit(world, plan, [acts.support(world, 8, plan_service_id=support.id)])
    (request,) = acts.consult(world, plan)
    discard_review(world.session, **told(world, plan, reason="no longer needed"))
    assert (plan.state, plan.version_number, support.units) == (PlanState.ACTIVE, "1.0", 6)
    assert request.state is ConsultationState.WAIVED
    assert world.facts()[-1] == "PlanReviewCancelled"


def test_the_county_may_start_a_review_others_may_not_S2_13(world: World) -> None:
    plan = acts.active_plan(world, [acts.support(world)])
    with pytest.raises(NotTheOperator):
        review(world, plan, by="P10")
    review(world, plan, ReviewCause.COUNTY)
    assert plan.state is PlanState.UNDER_REVIEW


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


def test_a_plan_in_force_is_not_cancelled_PLAN_17(world: World) -> None:
    plan = acts.active_plan(world, [acts.own_work(world)])
    with pytest.raises(IllegalTransition):
        cancel_plan(world.session, **told(world, plan, reason="no"))


def test_the_county_starts_a_review_of_a_plan_that_a_centre_operates_S2_13(world: World) -> None:
    plan = acts.plan_of_centre(world, [acts.support(world)])
    for request in acts.consult(world, plan, "P02"):
        acts.answer(world, request)
    acts.activate(world, plan, caller="P02")
    with pytest.raises(NotTheOperator):
        review(world, plan, by="P10")
    review(world, plan, ReviewCause.COUNTY, by="P01")
    assert (plan.state, plan.operator_organisation_id) == (PlanState.UNDER_REVIEW, world.id("P02"))
