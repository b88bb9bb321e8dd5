"""Resolving an objection with a text (PLAN-6, S2.13)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.consultations.consultation import Consultation
from services.careplan.domain.plans.refusals import NotTheOperator
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.plans.load_plan import load_plan
from services.careplan.storage.consultations import find_consultation, plan_of_consultation
from services.chassis.identity import Caller


def resolve_objection(
    session: Session, *, consultation_id: UUID, etag: str, resolution: str, caller: Caller, now: datetime
) -> Consultation:
    """Say how an objection is resolved, as the operator or as the county enterprise."""
    plan_id = plan_of_consultation(session, consultation_id)
    if plan_id is None:
        raise NotTheOperator
    plan = load_plan(session, plan_id=plan_id, etag=etag, caller=caller, county_too=True)
    consultation = find_consultation(session, consultation_id)
    if consultation is None:
        raise NotTheOperator
    plan.take("resolve_objection")
    consultation.resolve(resolution)
    conclude_change(session, plan, now=now)
    return consultation
