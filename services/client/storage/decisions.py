"""Rows of decisions."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Integer, Table, Text, Uuid, select
from sqlalchemy.orm import Session

from services.client.domain.decision import IN_FAVOUR, Decision, DecisionStatus
from services.client.domain.refusals import Unknown
from services.client.storage.metadata import MAPPERS, METADATA, identity_columns, words

ONE_DECISION = "uq_decision_service"

decisions = Table(
    "decision",
    METADATA,
    *identity_columns(),
    Column("version", Integer, nullable=False),
    Column("client_id", Uuid, ForeignKey("client.id"), nullable=False),
    Column("assessment_id", Uuid, ForeignKey("assessment.id"), nullable=False),
    Column("service_code", Text, nullable=False),
    Column("status", words(DecisionStatus, "status"), nullable=False),
    Column("units", Integer, nullable=False),
    Column("from_date", Date, nullable=True),
    Column("to_date", Date, nullable=True),
    Column("grounds", Text, nullable=False),
    Column("decided_date", Date, nullable=False),
    Column("appeal_until", Date, nullable=False),
    CheckConstraint("units >= 0", name="units"),
    CheckConstraint("status = 'REJECTED' or (from_date is not null and to_date >= from_date)", name="period"),
    Index(ONE_DECISION, "assessment_id", "service_code", unique=True),
    Index(None, "client_id", "to_date"),
    comment="decisions on services (N7); one for each service of an assessment",
)

MAPPERS.map_imperatively(Decision, decisions, version_id_col=decisions.c.version, version_id_generator=False)


def get(session: Session, decision_id: UUID) -> Decision:
    """The decision; `Unknown` when there is none."""
    found = session.get(Decision, decision_id)
    if found is None:
        raise Unknown("decision", f"decisions/{decision_id}")
    return found


def on_service(session: Session, assessment_id: UUID, service_code: str) -> Decision | None:
    """The decision on this service that rests on this assessment."""
    query = select(Decision).where(decisions.c.assessment_id == assessment_id, decisions.c.service_code == service_code)
    return session.scalars(query).one_or_none()


def newest_of(session: Session, client_id: UUID, limit: int) -> list[Decision]:
    """The client's decisions, newest first."""
    query = select(Decision).where(decisions.c.client_id == client_id)
    return list(session.scalars(query.order_by(decisions.c.created_at.desc(), decisions.c.id).limit(limit)))


def granted_services(session: Session, client_id: UUID, day: date) -> list[str]:
    """Codes of the services granted to the client that have not ended before `day`."""
    query = select(decisions.c.service_code).where(
        decisions.c.client_id == client_id, decisions.c.status.in_(IN_FAVOUR), decisions.c.to_date >= day
    )
    return list(session.scalars(query.distinct().order_by(decisions.c.service_code)))
