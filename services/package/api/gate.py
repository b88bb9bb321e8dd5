"""The gate of this service: whose an enrolment is, and who has a part in it by this service's own rows."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.gate import Gate, Matter
from services.package.storage.tables import enrolment


def _enrolment(session: Session, enrolment_id: UUID) -> Matter | None:
    """An enrolment has who proposed it; its items' providers are related by plan and voucher."""
    query = select(enrolment.c.client_id, enrolment.c.proposing_organisation_id)
    found = session.execute(query.where(enrolment.c.id == enrolment_id)).one_or_none()
    if found is None:
        return None
    return Matter(found.client_id, frozenset({found.proposing_organisation_id}))


GATE = Gate({"enrolments": _enrolment})
