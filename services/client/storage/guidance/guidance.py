"""Rows of guidance records."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Table, Text, Uuid, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from services.chassis.columns import code
from services.client.domain.clients.people import Language
from services.client.domain.contacts import Channel
from services.client.domain.guidance import ChoiceKind, Guidance, GuidanceKind
from services.client.domain.refusals import Unknown
from services.client.storage.metadata import MAPPERS, METADATA, identity_columns

guidance = Table(
    "guidance",
    METADATA,
    *identity_columns(),
    Column("client_id", Uuid, ForeignKey("client.id"), nullable=True, comment="NULL: anonymous"),
    Column("kind", code(GuidanceKind, "kind", length=40), nullable=False),
    Column("giver_organisation_id", Uuid, nullable=False),
    Column("unit_id", Uuid, nullable=True),
    Column("channel", code(Channel, "channel", length=40), nullable=False),
    Column("topic", Text, nullable=False),
    Column("voucher_id", Uuid, nullable=True),
    Column("option_provider_ids", ARRAY(Uuid, as_tuple=True), nullable=False),
    Column("options_digest", Text, nullable=False),
    Column("language", code(Language, "language", length=40), nullable=False),
    Column("client_understood", Boolean, nullable=False),
    Column("choice_kind", code(ChoiceKind, "choice_kind", length=40), nullable=True),
    Column("list_digest", Text, nullable=False, server_default=""),
    CheckConstraint("list_digest = '' or voucher_id is not null", name="list"),
    CheckConstraint(
        "voucher_id is null or (client_id is not null and cardinality(option_provider_ids) > 0)", name="choice"
    ),
    Index(None, "client_id", "created_at"),
    Index(None, "voucher_id"),
    comment="guidance, advice and support on freedom of choice (S1.12); rows never change",
)

MAPPERS.map_imperatively(Guidance, guidance)


def get_guidance(session: Session, guidance_id: UUID) -> Guidance:
    """The record; `Unknown` when there is none."""
    found = session.get(Guidance, guidance_id)
    if found is None:
        raise Unknown("guidance", f"guidance/{guidance_id}")
    return found


def newest_of(session: Session, client_id: UUID, limit: int) -> list[Guidance]:
    """The client's guidance, newest first."""
    query = select(Guidance).where(guidance.c.client_id == client_id)
    return list(session.scalars(query.order_by(guidance.c.created_at.desc(), guidance.c.id).limit(limit)))


def for_choices(session: Session, client_id: UUID, since: datetime) -> list[Guidance]:
    """The client's guidance for direct choices since an instant."""
    query = select(Guidance).where(guidance.c.client_id == client_id, guidance.c.created_at >= since)
    return list(session.scalars(query.where(guidance.c.choice_kind.is_not(None))))
