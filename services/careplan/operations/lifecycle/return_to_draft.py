"""Ending a consultation without activation (PLAN-5)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.consultations.consultation import ConsultationState
from services.careplan.domain.plans.plan import Plan
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.operations.plans.load_plan import load_plan
from services.careplan.storage.consultations import consultations_of
from services.chassis.identity import Caller
from sote.careplan.v1.events_pb2 import PlanReturnedToDraft


def return_to_draft(session: Session, *, plan_id: UUID, etag: str, reason: str, caller: Caller, now: datetime) -> Plan:
    """Back to the draft; unanswered requests are waived, answers hold while what they are about does not change."""
    plan = load_plan(session, plan_id=plan_id, etag=etag, caller=caller)
    plan.back_to_draft(reason)
    for consultation in consultations_of(session, plan.id, plan.major + 1):
        if consultation.state is ConsultationState.PENDING:
            consultation.supersede()
    announce_plan(session, plan, PlanReturnedToDraft())
    return conclude_change(session, plan, now=now)
