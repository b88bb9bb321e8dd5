"""Rows of contacts."""

from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Table, Text, Uuid, false, select
from sqlalchemy.orm import Session

from services.chassis.columns import INSTANT, code
from services.client.domain.contacts import Channel, Contact, Initiator
from services.client.domain.refusals import Unknown
from services.client.storage.metadata import MAPPERS, METADATA, identity_columns

contacts = Table(
    "contact",
    METADATA,
    *identity_columns(),
    Column("client_id", Uuid, ForeignKey("client.id"), nullable=True, comment="NULL: anonymous"),
    Column("channel", code(Channel, "channel", length=40), nullable=False),
    Column("unit_id", Uuid, nullable=True),
    Column("initiator", code(Initiator, "initiator", length=40), nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("text", Text, nullable=False),
    Column("received_at", INSTANT, nullable=False),
    Column("child_welfare", Boolean, nullable=False, server_default=false()),
    CheckConstraint("not child_welfare or client_id is not null", name="child"),
    Index(None, "client_id", "received_at"),
    comment="somebody asked, told or notified; rows never change",
)

MAPPERS.map_imperatively(Contact, contacts)


def get_contact(session: Session, contact_id: UUID) -> Contact:
    """The contact; `Unknown` when there is none."""
    found = session.get(Contact, contact_id)
    if found is None:
        raise Unknown("contact", f"contacts/{contact_id}")
    return found


def newest_of(session: Session, client_id: UUID, limit: int) -> list[Contact]:
    """The client's contacts, newest first."""
    query = select(Contact).where(contacts.c.client_id == client_id)
    return list(session.scalars(query.order_by(contacts.c.received_at.desc(), contacts.c.id).limit(limit)))
