"""Sections: what a service shows of a client in the integrated record, versioned, and sealed on its way out."""

import base64
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from google.protobuf.message import Message
from sqlalchemy import event, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import ORMExecuteState, Session

from services.chassis.database import section as sections
from services.chassis.outbox import enqueue
from sote.type.v1.section_pb2 import SealedSection

EXCHANGE = "sections"
_PUBLISHED = "published_sections"
_BUILDING = "building_section"


@dataclass(frozen=True)
class SectionKeys:
    """The county's keys by version; sections are sealed with the current one and opened with the one they name."""

    current: int
    by_version: Mapping[int, bytes]


@dataclass(frozen=True)
class SectionRow:
    """One section of one client as last published; `body` is the serialised section message."""

    client_id: UUID
    name: str
    version: int
    body: bytes
    as_of: datetime


def publish_section(
    session: Session, *, client_id: UUID, section: Message | Callable[[], Message], now: datetime
) -> int:
    """Replace the client's section and announce it (the announcement holds no personal data); gives its version.

    Give a function that reads and builds the section wherever two transactions may touch the same client at once: it
    is called under a lock on the client's sections, so that the later one sees what the earlier one committed. An
    unchanged section keeps its version and is not announced. Call it last in the transaction.
    """
    if not isinstance(section, Message):
        session.flush()
        lock = func.pg_advisory_xact_lock(text("hashtext('section')"), client_id.int % 2**31)
        session.execute(select(lock))
        session.info[_BUILDING] = True
        try:
            section = section()
        finally:
            del session.info[_BUILDING]
    name = section.DESCRIPTOR.full_name
    insertion = insert(sections).values(
        client_id=client_id, name=name, version=1, body=section.SerializeToString(deterministic=True), as_of=now
    )
    upsert = insertion.on_conflict_do_update(
        index_elements=["client_id", "name"],
        set_={
            "version": sections.c.version + 1,
            "body": insertion.excluded.body,
            "as_of": func.greatest(sections.c.as_of, insertion.excluded.as_of),
        },
        where=sections.c.body != insertion.excluded.body,
    ).returning(sections.c.version)
    version: int | None = session.execute(upsert).scalar_one_or_none()
    if version is None:
        key = (sections.c.client_id == client_id, sections.c.name == name)
        version = int(session.execute(select(sections.c.version).where(*key)).scalar_one())
    else:
        headers: dict[str, str | int] = {"subject": f"clients/{client_id}", "aggregateversion": version}
        enqueue(session, exchange=EXCHANGE, routing_key=name, aggregate_id=client_id, headers=headers, body=None)
    session.info.setdefault(_PUBLISHED, {})[(client_id, name)] = version
    return version


@event.listens_for(Session, "do_orm_execute")
def _read_anew(execution: ORMExecuteState) -> None:
    """What a section reads is as committed by others by now, even if this session had loaded it before the lock."""
    if execution.is_select and _BUILDING in execution.session.info:
        execution.update_execution_options(populate_existing=True)


def published_sections(session: Session) -> Mapping[tuple[UUID, str], int]:
    """(client, section name) -> version of what this session published: the call's min-version token."""
    published: Mapping[tuple[UUID, str], int] = session.info.get(_PUBLISHED, {})
    return published


def read_sections(session: Session, client_ids: Iterable[UUID], names: Iterable[str] | None = None) -> list[SectionRow]:
    """The published sections of these clients, all or only those named; a client without sections gives no row."""
    query = select(sections).where(sections.c.client_id.in_(list(client_ids)))
    if names is not None:
        query = query.where(sections.c.name.in_(list(names)))
    rows = session.execute(query.order_by(sections.c.client_id, sections.c.name))
    return [SectionRow(row.client_id, row.name, row.version, row.body, row.as_of) for row in rows]


def load_section_keys(path: Path) -> SectionKeys:
    """Read `{"current": 2, "keys": {"1": "<32 bytes in base64>", "2": "..."}}`."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    keys = {int(version): base64.b64decode(key, validate=True) for version, key in stored["keys"].items()}
    if any(len(key) != 32 for key in keys.values()) or stored["current"] not in keys:
        raise ValueError("the section keys file needs 32-byte keys and a current version among them")
    return SectionKeys(current=stored["current"], by_version=keys)


def seal_section(row: SectionRow, keys: SectionKeys) -> SealedSection:
    """The section for the bus: its bytes can be read, and believed, only with the county's key."""
    nonce = os.urandom(12)
    associated = _associated(str(row.client_id), row.name, row.version)
    sealed = SealedSection(
        client_id=str(row.client_id),
        section=row.name,
        version=row.version,
        key_version=keys.current,
        nonce=nonce,
        body=AESGCM(keys.by_version[keys.current]).encrypt(nonce, row.body, associated),
    )
    sealed.as_of.FromDatetime(row.as_of)
    return sealed


def open_section(sealed: SealedSection, keys: SectionKeys) -> bytes:
    """The section's bytes; InvalidTag when anything was changed, KeyError when its key is not ours."""
    associated = _associated(sealed.client_id, sealed.section, sealed.version)
    return AESGCM(keys.by_version[sealed.key_version]).decrypt(sealed.nonce, sealed.body, associated)


def _associated(client_id: str, name: str, version: int) -> bytes:
    return f"{client_id}\n{name}\n{version}".encode()
