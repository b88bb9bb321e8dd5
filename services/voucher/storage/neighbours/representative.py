"""Copies of who represents clients, and of minors' words that keep their guardians out."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, Index, Integer, Table, Text, Uuid, select
from sqlalchemy.orm import Session

from services.chassis.copies import keep_newer
from services.kernel.representing import GuardianDenialCopy, RepresentativeCopy
from services.voucher.storage.metadata import METADATA

representatives = Table(
    "representative_copy",
    METADATA,
    Column("representative_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("matters", Text, nullable=False),
    Column("representative_client_id", Uuid),
    Column("from_date", Date, nullable=False),
    Column("to_date", Date),
    Column("in_force", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Index(None, "client_id"),
)
guardian_denials = Table(
    "guardian_denial_copy",
    METADATA,
    Column("consent_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False),
    Column("sector", Text, nullable=False),
    Column("in_force", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Index(None, "client_id"),
)


def keep_representative(session: Session, copy: RepresentativeCopy) -> None:
    """A representation's newest state."""
    keep_newer(session, representatives, vars(copy))


def keep_guardian_denial(session: Session, copy: GuardianDenialCopy) -> None:
    """A denial's newest state."""
    keep_newer(session, guardian_denials, vars(copy))


def representing(session: Session, client_id: UUID, holder: UUID) -> Sequence[RepresentativeCopy]:
    """Everything by which the holder, a client too, stands for the client."""
    r = representatives.c
    query = select(representatives).where(r.client_id == client_id, r.representative_client_id == holder)
    return [RepresentativeCopy(**row._mapping) for row in session.execute(query)]


def denials_of(session: Session, client_id: UUID) -> Sequence[GuardianDenialCopy]:
    """What the client said to keep a guardian out."""
    rows = session.execute(select(guardian_denials).where(guardian_denials.c.client_id == client_id))
    return [GuardianDenialCopy(**row._mapping) for row in rows]
