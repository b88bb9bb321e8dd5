"""Rows of needs assessments."""

from uuid import UUID

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Select, Table, Text, Uuid, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session, relationship

from services.chassis.columns import INSTANT, Json, code
from services.client.domain.assessments.assessment import (
    UNDER_WAY,
    Assessment,
    AssessmentState,
    CancelReason,
    Findings,
)
from services.client.domain.assessments.grounds import Ground
from services.client.domain.clients.client import Client
from services.client.domain.clients.people import Professional
from services.client.domain.deadlines.deadline import Deadline
from services.client.domain.refusals import Unknown
from services.client.storage.clients import client as clients
from services.client.storage.deadlines import deadlines
from services.client.storage.metadata import MAPPERS, METADATA, identity_columns
from services.kernel.care import DeliveryMode

ONE_UNDER_WAY = "uq_assessment_under_way"

assessments = Table(
    "assessment",
    METADATA,
    *identity_columns(),
    Column("updated_at", INSTANT, nullable=False),
    Column("version", Integer, nullable=False),
    Column("client_id", Uuid, ForeignKey("client.id"), nullable=False),
    Column("contact_id", Uuid, ForeignKey("contact.id"), nullable=True),
    Column("state", code(AssessmentState, "state", length=40), nullable=False),
    Column("grounds", Json(tuple[Ground, ...]), nullable=False),
    Column("pending_date", Date, nullable=False),
    Column("start_due", Date, nullable=True),
    Column("complete_due", Date, nullable=True),
    Column("deadline_rules", ARRAY(Text, as_tuple=True), nullable=False),
    Column("repeat_reason", Text, nullable=False),
    Column("team_id", Uuid, ForeignKey("team.id"), nullable=True),
    Column("performing_organisation_id", Uuid, nullable=True),
    Column("performed_at_unit_id", Uuid, nullable=True),
    Column("mode", code(DeliveryMode, "mode", length=40), nullable=True),
    Column("lead", Json(Professional), nullable=True),
    Column("participants", Json(tuple[Professional, ...]), nullable=False),
    Column("started_date", Date, nullable=True),
    Column("waiting_reason", Text, nullable=False),
    Column("completed_date", Date, nullable=True),
    Column("findings", Json(Findings), nullable=False),
    Column("plan_needed", Boolean, nullable=False),
    Column("cancel_reason", code(CancelReason, "cancel_reason", length=40), nullable=True),
    Index(None, "client_id", "completed_date"),
    Index(
        ONE_UNDER_WAY,
        "client_id",
        unique=True,
        postgresql_where=text("state in ('INITIATED', 'STARTED', 'WAITING')"),
    ),
    comment="needs assessments; at most one under way for a client (ASSESSMENT-1)",
)

MAPPERS.map_imperatively(
    Assessment,
    assessments,
    version_id_col=assessments.c.version,
    version_id_generator=False,
    properties={"deadlines": relationship(Deadline, lazy="selectin", order_by=deadlines.c.due_date)},
)


def get_assessment(session: Session, assessment_id: UUID) -> Assessment:
    """The assessment; `Unknown` when there is none."""
    return _known(session.get(Assessment, assessment_id), assessment_id)


def load_assessment(session: Session, assessment_id: UUID) -> tuple[Client, Assessment]:
    """The client's row, then the assessment's, locked until the transaction ends."""
    owner = session.scalar(select(assessments.c.client_id).where(assessments.c.id == assessment_id))
    if owner is None:
        raise Unknown("assessment", f"assessments/{assessment_id}")
    client = clients.load_client(session, owner)
    found = session.get(Assessment, assessment_id, with_for_update=True, populate_existing=True)
    return client, _known(found, assessment_id)


def under_way(session: Session, client_id: UUID) -> Assessment | None:
    """The client's assessment that is neither completed nor cancelled."""
    query = select(Assessment).where(assessments.c.client_id == client_id, assessments.c.state.in_(UNDER_WAY))
    return session.scalars(query).one_or_none()


def completed(session: Session, client_id: UUID) -> list[Assessment]:
    """The client's completed assessments in force, newest first; superseded ones are not among them."""
    query = select(Assessment).where(
        assessments.c.client_id == client_id, assessments.c.state == AssessmentState.COMPLETED
    )
    return list(session.scalars(query.order_by(assessments.c.completed_date.desc(), assessments.c.created_at.desc())))


def of_client(client_id: UUID) -> Select[Assessment]:
    """All assessments of a client, for a page of them."""
    return select(Assessment).where(assessments.c.client_id == client_id)


def _known(found: Assessment | None, assessment_id: UUID) -> Assessment:
    if found is None:
        raise Unknown("assessment", f"assessments/{assessment_id}")
    return found
