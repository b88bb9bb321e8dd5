"""Rows of permissions and denials."""

from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Select, Table, Text, Uuid, select, text
from sqlalchemy.orm import Session, composite

from services.chassis.columns import INSTANT, code
from services.client.domain.consents.consent import Consent, ConsentKind, ConsentState, ConsentTarget, Scope
from services.client.domain.refusals import Unknown
from services.client.storage.clients import client as clients
from services.client.storage.metadata import MAPPERS, METADATA, identity_columns
from services.kernel.care import Sector

consents = Table(
    "consent",
    METADATA,
    *identity_columns(),
    Column("version", Integer, nullable=False),
    Column("client_id", Uuid, ForeignKey("client.id"), nullable=False),
    Column("kind", code(ConsentKind, "kind", length=40), nullable=False),
    Column("sector", code(Sector, "sector", length=40), nullable=False),
    Column("target", code(ConsentTarget, "target", length=40), nullable=False),
    Column("target_id", Text, nullable=False),
    Column("state", code(ConsentState, "state", length=40), nullable=False),
    Column("revoked_at", INSTANT, nullable=True),
    Column("revoked_by", Text, nullable=False, server_default=""),
    CheckConstraint("(target in ('ALL', 'GUARDIAN')) = (target_id = '')", name="target_id"),
    CheckConstraint("target <> 'GUARDIAN' or kind = 'DENIAL'", name="guardian"),
    CheckConstraint("(state = 'REVOKED') = (revoked_at is not null)", name="revoked"),
    Index(
        "uq_consent_in_force",
        "client_id",
        "kind",
        "sector",
        "target",
        "target_id",
        unique=True,
        postgresql_where=text("state = 'IN_FORCE'"),
    ),
    Index(None, "client_id", "created_at"),
    comment="permissions and denials of disclosure (CONSENT-9); no two equal ones in force",
)

MAPPERS.map_imperatively(
    Consent,
    consents,
    version_id_col=consents.c.version,
    version_id_generator=False,
    properties={"scope": composite(Scope, consents.c.kind, consents.c.sector, consents.c.target, consents.c.target_id)},
)


def get_consent(session: Session, consent_id: UUID) -> Consent:
    """The consent; `Unknown` when there is none."""
    found = session.get(Consent, consent_id)
    if found is None:
        raise Unknown("consent", f"consents/{consent_id}")
    return found


def load_consent(session: Session, consent_id: UUID) -> Consent:
    """The consent, its client's row and its own locked until the transaction ends."""
    clients.load_client(session, get_consent(session, consent_id).client_id)
    return session.get_one(Consent, consent_id, with_for_update=True, populate_existing=True)


def in_force(session: Session, client_id: UUID) -> list[Scope]:
    """What the client permits and denies now."""
    query = select(Consent).where(consents.c.client_id == client_id, consents.c.state == ConsentState.IN_FORCE)
    return [consent.scope for consent in session.scalars(query)]


def of_client(client_id: UUID) -> Select[Consent]:
    """All permissions and denials of a client, for a page of them."""
    return select(Consent).where(consents.c.client_id == client_id)
