"""Copies of the matters other services opened for clients, and which clients have had none for long."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, ColumnElement, Index, Table, Uuid, exists, or_, select
from sqlalchemy.orm import Session

from services.chassis.columns import INSTANT
from services.chassis.copies import keep_newer
from services.client.domain.assessments.assessment import UNDER_WAY
from services.client.domain.choices.choice import ChoiceState
from services.client.domain.clients.client import ClientState
from services.client.storage.assessments import assessments
from services.client.storage.choices import choices
from services.client.storage.clients.client import clients
from services.client.storage.metadata import METADATA

matter_copy = Table(
    "matter_copy",
    METADATA,
    Column("matter_id", Uuid, primary_key=True, comment="a plan, a voucher or an enrolment"),
    Column("client_id", Uuid, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("changed_at", INSTANT, nullable=False),
    Index(None, "client_id"),
    comment="matters as their services last told; CLIENT-4 asks for them",
)


def store(
    session: Session, *, matter_id: UUID, client_id: UUID, is_open: bool, version: int, changed_at: datetime
) -> bool:
    """Take a matter over, unless a newer version is here; whether it was taken."""
    values = {
        "matter_id": matter_id,
        "client_id": client_id,
        "open": is_open,
        "version": version,
        "changed_at": changed_at,
    }
    return keep_newer(session, matter_copy, values)


def quiet(session: Session, since: datetime, limit: int) -> list[UUID]:
    """Active clients with nothing open since an instant, in the order of locking."""
    query = select(clients.c.id).where(_quiet(since)).order_by(clients.c.id).limit(limit)
    return list(session.scalars(query))


def is_quiet(session: Session, client_id: UUID, since: datetime) -> bool:
    """Whether this client, now locked, still is such a one."""
    return session.scalar(select(clients.c.id).where(clients.c.id == client_id, _quiet(since))) is not None


def _quiet(since: datetime) -> ColumnElement[bool]:
    of_matter, of_assessment, of_choice = matter_copy.c, assessments.c, choices.c
    matter = exists().where(of_matter.client_id == clients.c.id, or_(of_matter.open, of_matter.changed_at > since))
    assessment = exists().where(
        of_assessment.client_id == clients.c.id,
        or_(of_assessment.state.in_(UNDER_WAY), of_assessment.updated_at > since),
    )
    choice = exists().where(
        of_choice.client_id == clients.c.id,
        or_(of_choice.state == ChoiceState.IN_FORCE, of_choice.updated_at > since),
    )
    active = (clients.c.state == ClientState.ACTIVE) & (clients.c.updated_at <= since)
    return active & ~matter & ~assessment & ~choice
