"""Saying that a planned service is done (PLANSERVICE-2)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.lifecycle.refusals import OpenVoucher
from services.careplan.domain.plans.plan import Plan
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.operations.plans.load_plan import load_plan
from services.careplan.storage.neighbours.vouchers import find_voucher
from services.chassis.identity import Caller
from sote.careplan.v1.events_pb2 import PlanServiceCompleted


def complete_plan_service(
    session: Session, *, plan_id: UUID, plan_service_id: UUID, etag: str, caller: Caller, now: datetime
) -> Plan:
    """Complete a service that deliveries do not complete; one with an open voucher is completed by its settlement."""
    plan = load_plan(session, plan_id=plan_id, etag=etag, caller=caller)
    plan.require("complete_service")
    service = plan.service(plan_service_id)
    voucher = find_voucher(session, service.voucher_id) if service.voucher_id else None
    if voucher is not None and voucher.open:
        raise OpenVoucher("the voucher of the service is open; its settlement completes the service")
    plan.complete_service(service)
    announce_plan(session, plan, PlanServiceCompleted(plan_service_id=str(service.id)))
    return conclude_change(session, plan, now=now)
