"""A provider's answer to a consultation (PLAN-4)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.consultations.consultation import Consultation, ConsultationState
from services.careplan.domain.plans.refusals import NoRelationship
from services.careplan.domain.rules import Rules
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.storage import plans
from services.careplan.storage.consultations import find_consultation, plan_of_consultation
from services.careplan.wire.facts import consultation_responded
from services.careplan.wire.requests import organisation_of
from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.chassis.weekdays import FINLAND


def respond_to_consultation(
    session: Session,
    *,
    consultation_id: UUID,
    outcome: ConsultationState,
    text: str,
    rules: Rules,
    caller: Caller,
    now: datetime,
) -> Consultation:
    """Answer for the caller's organisation, which must be the one asked; a comment or an objection says why."""
    plan_id = plan_of_consultation(session, consultation_id)
    plan = plans.locked(session, plan_id) if plan_id else None
    consultation = find_consultation(session, consultation_id)
    if plan is None or consultation is None or consultation.provider_id != organisation_of(caller):
        raise NoRelationship
    plan.take("respond")
    resolve_due = FINLAND.nth_weekday_after(helsinki_date(now), rules.objection_resolve_weekdays)
    consultation.respond(outcome, text, now, resolve_due)
    announce_plan(session, plan, consultation_responded(consultation))
    conclude_change(session, plan, now=now)
    return consultation
