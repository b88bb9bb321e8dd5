"""Rows of personal identity codes: sealed, unique by their blind index, with history, since a person's can change."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Uuid, insert, select, text, update
from sqlalchemy.orm import Session

from services.chassis.columns import INSTANT
from services.chassis.vault import Sealed, Vault
from services.client.domain.clients.refusals import IdentityCodeMissing
from services.client.storage.metadata import METADATA

identity_codes = Table(
    "identity_code",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("client_id", Uuid, ForeignKey("client.id"), nullable=False),
    Column("blind_index", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("key_version", Integer, nullable=False),
    Column("valid_from", INSTANT, nullable=False),
    Column("valid_to", INSTANT, nullable=True),
    Index("uq_identity_code_blind_index", "blind_index", unique=True),
    Index("uq_identity_code_current", "client_id", unique=True, postgresql_where=text("valid_to is null")),
    comment="AES-256-GCM; no code is ever given to a second client, nor a client given two at once",
)


def keep(session: Session, vault: Vault, *, uid: UUID, client_id: UUID, code: str, now: datetime) -> None:
    """Store the client's code; a code in use breaks `uq_identity_code_blind_index`."""
    sealed = vault.seal(code, client_id)
    session.flush()
    session.execute(
        insert(identity_codes).values(
            id=uid,
            client_id=client_id,
            blind_index=vault.blind_index(code),
            sealed=sealed.body,
            key_version=sealed.key_version,
            valid_from=now,
        )
    )


def replace(session: Session, vault: Vault, *, uid: UUID, client_id: UUID, code: str, now: datetime) -> None:
    """End the client's code of today, which stays theirs, and store the new one."""
    current = (identity_codes.c.client_id == client_id) & identity_codes.c.valid_to.is_(None)
    session.execute(update(identity_codes).where(current).values(valid_to=now))
    keep(session, vault, uid=uid, client_id=client_id, code=code, now=now)


def owner_of(session: Session, vault: Vault, code: str) -> UUID | None:
    """The client with this code, now or earlier; None when no client has it."""
    query = select(identity_codes.c.client_id).where(identity_codes.c.blind_index == vault.blind_index(code))
    return session.execute(query).scalar_one_or_none()


def code_of(session: Session, vault: Vault, client_id: UUID) -> str:
    """The client's current code; `IdentityCodeMissing` without one."""
    query = select(identity_codes.c.sealed, identity_codes.c.key_version).where(
        identity_codes.c.client_id == client_id, identity_codes.c.valid_to.is_(None)
    )
    row = session.execute(query).one_or_none()
    if row is None:
        raise IdentityCodeMissing("the client's identity is temporary or not verified")
    return vault.open(Sealed(row.sealed, row.key_version), client_id)
