"""Rows of records: a section is stored when it is newer than what is there, in one statement."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.gateway.domain.record import KINDS, Copy, SectionKind
from services.gateway.storage.tables import record


def stored_sections(session: Session, client_id: UUID) -> dict[str, Copy]:
    """The client's sections as they are stored, by message name."""
    row = session.execute(select(record).where(record.c.client_id == client_id)).mappings().one_or_none()
    if row is None:
        return {}
    found = {}
    for kind in KINDS:
        part, version, as_of, named = (
            row[f"{kind.field}_{name}"] for name in ("part", "version", "as_of", "providers")
        )
        if part is not None:
            found[kind.message] = Copy(version, as_of, bytes(part), frozenset(named))
    return found


def store_section(session: Session, client_id: UUID, kind: SectionKind, copy: Copy) -> bool:
    """Store the section unless this version, or a later one, is there; whether it was stored."""
    values = {
        f"{kind.field}_part": copy.part,
        f"{kind.field}_version": copy.version,
        f"{kind.field}_as_of": copy.as_of,
        f"{kind.field}_providers": sorted(copy.providers),
    }
    insertion = insert(record).values(client_id=client_id, **values)
    upsert = insertion.on_conflict_do_update(
        index_elements=[record.c.client_id],
        set_={name: insertion.excluded[name] for name in values},
        where=record.c[f"{kind.field}_version"] < copy.version,
    )
    return session.execute(upsert.returning(record.c.client_id)).first() is not None
