"""Resolving an objection with a text (P6, S2.13)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.consultation import Consultation
from services.careplan.domain.refusals import NotTheOperator
from services.careplan.operations.conclude_change import conclude_change
from services.careplan.operations.open_plan import open_plan
from services.careplan.storage import plans
from services.chassis.identity import Caller


def resolve_objection(
    session: Session, *, consultation_id: UUID, etag: str, resolution: str, caller: Caller, now: datetime
) -> Consultation:
    """Say how an objection is resolved, as the operator or as the county enterprise."""
    plan_id = plans.consultation_plan(session, consultation_id)
    if plan_id is None:
        raise NotTheOperator
    plan = open_plan(session, plan_id=plan_id, etag=etag, caller=caller, county_too=True)
    consultation = plans.consultation(session, consultation_id)
    if consultation is None:
        raise NotTheOperator
    plan.take("resolve_objection")
    consultation.resolve(resolution)
    conclude_change(session, plan, now=now)
    return consultation
