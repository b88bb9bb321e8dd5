"""Rows of clients."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text, Uuid, select, text
from sqlalchemy.orm import Session, composite

from services.chassis.columns import INSTANT, Json, code
from services.chassis.etags import check_etag
from services.client.domain.clients.client import OPEN, Client, ClientState, IdentityKind, OwnWorker
from services.client.domain.clients.flags import AttentionFlag
from services.client.domain.clients.non_disclosure import NonDisclosure
from services.client.domain.clients.people import ContactData, Language, Person
from services.client.domain.refusals import Unknown
from services.client.storage.metadata import MAPPERS, METADATA, identity_columns

clients = Table(
    "client",
    METADATA,
    *identity_columns(),
    Column("updated_at", INSTANT, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", code(ClientState, "state", length=40), nullable=False),
    Column("identity_kind", code(IdentityKind, "identity_kind", length=40), nullable=False),
    Column("temporary_reason", Text, nullable=False),
    Column("given_name", Text, nullable=False),
    Column("family_name", Text, nullable=False),
    Column("birth_date", Date, nullable=True),
    Column("language", code(Language, "language", length=40), nullable=False),
    Column("interpreter", Boolean, nullable=False),
    Column("municipality_code", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("contact_address", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("attention_flags", Json(tuple[AttentionFlag, ...]), nullable=False),
    Column("own_worker", Json(OwnWorker), nullable=True),
    Column("non_disclosure", Json(NonDisclosure), nullable=True),
    Column("registered_date", Date, nullable=True),
    Column("moved_date", Date, nullable=True),
    Column("moved_to_county", Text, nullable=False, server_default=""),
    Column("deceased_date", Date, nullable=True),
    Column("merged_into_id", Uuid, ForeignKey("client.id"), nullable=True),
    Index("ix_client_non_disclosure", "id", postgresql_where=text("non_disclosure is not null")),
    comment="the persons; identity codes stand sealed in identity_code",
)

MAPPERS.map_imperatively(
    Client,
    clients,
    version_id_col=clients.c.version,
    version_id_generator=False,
    properties={
        "person": composite(
            Person,
            clients.c.given_name,
            clients.c.family_name,
            clients.c.birth_date,
            clients.c.language,
            clients.c.interpreter,
        ),
        "contact_data": composite(
            ContactData,
            clients.c.municipality_code,
            clients.c.address,
            clients.c.contact_address,
            clients.c.phone,
        ),
    },
)


def get_client(session: Session, client_id: UUID) -> Client:
    """The client; `Unknown` when there is none."""
    return _known(session.get(Client, client_id), client_id)


def load_client(session: Session, client_id: UUID, etag: str = "") -> Client:
    """The client, its row locked until the transaction ends, when it is still as the caller read it.

    Whoever changes anything of a client's takes it first.
    """
    client = _known(session.get(Client, client_id, with_for_update=True, populate_existing=True), client_id)
    check_etag(etag, client.version)
    return client


def protected(session: Session, client_ids: Collection[UUID]) -> set[UUID]:
    """Those of them with a non-disclosure order in force."""
    query = select(clients.c.id).where(clients.c.id.in_(list(client_ids)), clients.c.non_disclosure.is_not(None))
    return set(session.scalars(query))


def with_order_over(session: Session, today: date, limit: int) -> list[UUID]:
    """Clients in the register whose non-disclosure order has seen its last day, in the order of locking."""
    query = select(clients.c.id).where(
        text("(non_disclosure ->> 'valid_to')::date < :today").bindparams(today=today), clients.c.state.in_(OPEN)
    )
    return list(session.scalars(query.order_by(clients.c.id).limit(limit)))


def unknown(name: str = "") -> Unknown:
    """The refusal of a client that is not here."""
    return Unknown("client", name)


def _known(found: Client | None, client_id: UUID) -> Client:
    if found is None:
        raise unknown(f"clients/{client_id}")
    return found
