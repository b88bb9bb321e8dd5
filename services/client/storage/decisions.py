"""Rows of decisions."""

from datetime import date
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Select,
    Table,
    Text,
    Uuid,
    select,
    text,
)
from sqlalchemy.orm import Session, composite

from services.chassis.columns import Json, code
from services.client.domain.clients.client import Client
from services.client.domain.decisions.decision import (
    IN_FAVOUR,
    Appeal,
    Decision,
    DecisionState,
    Earlier,
    Grant,
    Outcome,
)
from services.client.domain.refusals import Unknown
from services.client.storage.clients import client as clients
from services.client.storage.metadata import MAPPERS, METADATA, identity_columns

ONE_DECISION = "uq_decision_service"

decisions = Table(
    "decision",
    METADATA,
    *identity_columns(),
    Column("version", Integer, nullable=False),
    Column("client_id", Uuid, ForeignKey("client.id"), nullable=False),
    Column("assessment_id", Uuid, ForeignKey("assessment.id"), nullable=False),
    Column("service_code", Text, nullable=False),
    Column("state", code(DecisionState, "state", length=40), nullable=False),
    Column("outcome", code(Outcome, "outcome", length=40), nullable=False),
    Column("units", Integer, nullable=False),
    Column("from_date", Date, nullable=True),
    Column("to_date", Date, nullable=True),
    Column("grounds", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("decided_date", Date, nullable=False),
    Column("appeal_until", Date, nullable=False),
    Column("effective_date", Date, nullable=True, comment="the first day the last change counts"),
    Column("appeals", Json(tuple[Appeal, ...]), nullable=False),
    Column("earlier", Json(tuple[Earlier, ...]), nullable=False, comment="what it said before each change"),
    CheckConstraint("units >= 0", name="units"),
    CheckConstraint("outcome = 'REJECTED' or (from_date is not null and to_date >= from_date)", name="period"),
    CheckConstraint("state not in ('PENDING', 'GRANTED', 'PARTLY', 'REJECTED') or state = outcome", name="answer"),
    CheckConstraint("state not in ('APPEALED', 'UPHELD') or jsonb_array_length(appeals) > 0", name="appeal"),
    CheckConstraint(
        "(jsonb_array_length(earlier) > 0) = (effective_date is not null)"
        " and (state <> 'CHANGED' or effective_date is not null)",
        name="change",
    ),
    Index(ONE_DECISION, "assessment_id", "service_code", unique=True),
    Index(None, "client_id", "to_date"),
    Index("ix_decision_appealed", "created_at", "id", postgresql_where=text("state = 'APPEALED'")),
    comment="decisions on services (ASSESSMENT-7); one for each service of an assessment",
)

MAPPERS.map_imperatively(
    Decision,
    decisions,
    version_id_col=decisions.c.version,
    version_id_generator=False,
    properties={
        "grant": composite(Grant, decisions.c.outcome, decisions.c.units, decisions.c.from_date, decisions.c.to_date)
    },
)


def get_decision(session: Session, decision_id: UUID) -> Decision:
    """The decision; `Unknown` when there is none."""
    return _known(session.get(Decision, decision_id), decision_id)


def load_decision(session: Session, decision_id: UUID) -> tuple[Client, Decision]:
    """The client's row, then the decision's, locked until the transaction ends."""
    owner = session.scalar(select(decisions.c.client_id).where(decisions.c.id == decision_id))
    if owner is None:
        raise Unknown("decision", f"decisions/{decision_id}")
    client = clients.load_client(session, owner)
    found = session.get(Decision, decision_id, with_for_update=True, populate_existing=True)
    return client, _known(found, decision_id)


def on_service(session: Session, assessment_id: UUID, service_code: str) -> Decision | None:
    """The decision on this service that rests on this assessment."""
    query = select(Decision).where(decisions.c.assessment_id == assessment_id, decisions.c.service_code == service_code)
    return session.scalars(query).one_or_none()


def asked_for(client_id: UUID | None, *, appealed: bool) -> Select[Decision]:
    """The decisions of a client, or of all; those whose appeal is open, or all: for a page of them."""
    query = select(Decision)
    if client_id is not None:
        query = query.where(decisions.c.client_id == client_id)
    return query.where(decisions.c.state == DecisionState.APPEALED) if appealed else query


def newest_of(session: Session, client_id: UUID, limit: int) -> list[Decision]:
    """The client's decisions, newest first."""
    query = select(Decision).where(decisions.c.client_id == client_id)
    return list(session.scalars(query.order_by(decisions.c.created_at.desc(), decisions.c.id).limit(limit)))


def granted(session: Session, client_id: UUID, day: date) -> list[tuple[str, date]]:
    """The services granted to the client that have not ended before `day`, each with its last day."""
    query = select(decisions.c.service_code, decisions.c.to_date).where(
        decisions.c.client_id == client_id, decisions.c.outcome.in_(IN_FAVOUR), decisions.c.to_date >= day
    )
    return [(row.service_code, row.to_date) for row in session.execute(query.order_by(decisions.c.service_code))]


def _known(found: Decision | None, decision_id: UUID) -> Decision:
    if found is None:
        raise Unknown("decision", f"decisions/{decision_id}")
    return found
