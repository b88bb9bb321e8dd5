"""Closing a plan (PLAN-16)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.lifecycle.refusals import OpenEnrolment, OpenVoucher
from services.careplan.domain.neighbours.copies import OPEN_ENROLMENT, OPEN_VOUCHER
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.terms import CloseReason
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.operations.plans.load_plan import load_plan
from services.careplan.storage import enrolments, transfers
from services.careplan.storage.consultations import consultations_of
from services.careplan.storage.neighbours.vouchers import has_voucher_in
from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.chassis.values import day
from sote.careplan.v1.events_pb2 import PlanClosed


def close_plan(
    session: Session, *, plan_id: UUID, etag: str, reason: CloseReason, caller: Caller, now: datetime
) -> Plan:
    """Close the plan when no voucher, enrolment or delivery is open; what was not begun is cancelled."""
    plan = load_plan(session, plan_id=plan_id, etag=etag, caller=caller)
    plan.require("close")
    if has_voucher_in(session, plan.id, OPEN_VOUCHER):
        raise OpenVoucher("a voucher of the plan is open")
    if enrolments.open_enrolment(session, plan.client_id, OPEN_ENROLMENT):
        raise OpenEnrolment("an enrolment of the client is open")
    for consultation in consultations_of(session, plan.id, plan.major + 1):
        consultation.supersede()
    if (pending := transfers.under_way(session, plan.id)) is not None:
        pending.withdraw(reason.value, now)
    plan.close(reason.value, helsinki_date(now))
    announce_plan(session, plan, PlanClosed(end_date=day(plan.ended_on)))
    return conclude_change(session, plan, now=now)
