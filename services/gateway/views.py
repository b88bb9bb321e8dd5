"""Questions to the gateway's copies: a client's stored sections and what is known of providers, a statement each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg

from services.chassis.pages import Page
from services.gateway.domain.record import KINDS, Copy, RecordUnreadable

_COLUMNS = ", ".join(
    f"r.{kind.field}_part, r.{kind.field}_version, r.{kind.field}_as_of, r.{kind.field}_providers" for kind in KINDS
)
_NAMED = " || ".join(f"r.{kind.field}_providers" for kind in KINDS)
# Bytes appended to a summary are a field more: `$2` is the mark of a provider under a sanction, empty for most readers.
_SHOWN = "s.body || case when s.sanctioned then $2::bytea else ''::bytea end"
# One statement for the whole record: the client's row and the summaries of all providers it names.
_RECORD = f"""
select {_COLUMNS},
  array(select (s.provider_id, {_SHOWN}) from provider_summary s where s.provider_id = any({_NAMED})) as summaries
from record r where r.client_id = $1
"""  # noqa: S608 (made of constants)
_SUMMARIES = f"select s.provider_id, {_SHOWN} as body from provider_summary s where s.provider_id = any($1)"  # noqa: S608
_RELATED = """
select true from relationship_copy
where client_id = $1 and organisation_id = $2 and ($3::uuid is null or unit_id is null or unit_id = $3) and not closed
  and from_date <= $4 and (to_date is null or to_date >= $4) limit 1
"""
_FINDINGS = """
select id, client_id, kind, subject, description, rule, owner_id, since, found_at from finding
where ($1::timestamptz is null or (found_at, id) > ($1, $2::uuid)) and ($3::timestamptz is null or found_at <= $3)
  and ($4::text = '' or kind = $4) and ($5::uuid is null or owner_id = $5)
order by found_at, id limit $6
"""


class Connection(asyncpg.Connection):  # type: ignore[misc]  # asyncpg ships no types
    """A connection that is given back as it is: our statements leave nothing behind that had to be reset."""

    def get_reset_query(self) -> str:
        """Nothing, which saves a round trip after every read."""
        return ""


@dataclass(frozen=True)
class Stored:
    """What is stored of a client: sections by message name, provider summaries by id."""

    sections: Mapping[str, Copy]
    summaries: Mapping[UUID, bytes]


async def stored_record(pool: Any, client_id: UUID, *, mark: bytes) -> Stored:
    """What is stored of the client; nothing for one who is not known. Raises `RecordUnreadable`.

    `mark` is appended to the summary of a provider under a sanction.
    """
    row = await _first(pool, _RECORD, client_id, mark)
    if row is None:
        return Stored({}, {})
    sections = {}
    for kind in KINDS:
        part, version, as_of, providers = (row[f"{kind.field}_{name}"] for name in _PARTS)
        if part is not None:
            sections[kind.message] = Copy(version, as_of, part, frozenset(providers))
    return Stored(sections, dict(row["summaries"]))


async def provider_summaries(pool: Any, provider_ids: Iterable[UUID], *, mark: bytes = b"") -> Mapping[UUID, bytes]:
    """The stored summaries of these providers; one that is not known has none. Raises `RecordUnreadable`."""
    rows = await _all(pool, _SUMMARIES, sorted(provider_ids), mark)
    return {row["provider_id"]: row["body"] for row in rows}


async def findings(
    pool: Any, page: Page, *, before: datetime | None, kind: str, owner_id: UUID | None
) -> tuple[Sequence[Any], str]:
    """A page of what does not fit: found by `before`, of this kind and owner, if given. Raises `RecordUnreadable`."""
    asked = (page.after_time, page.after_uid, before, kind, owner_id, page.size + 1)
    rows = await _all(pool, _FINDINGS, *asked)
    return page.cut(rows, lambda row: (row["found_at"], row["id"]))


async def has_relationship(
    pool: Any, client_id: UUID, organisation_id: UUID, unit_id: UUID | None, today: date
) -> bool:
    """`services.chassis.relationships.has_relationship`, of this process's own kind. Raises `RecordUnreadable`."""
    return await _first(pool, _RELATED, client_id, organisation_id, unit_id, today) is not None


async def answers(pool: Any) -> bool:
    """Whether the database answers."""
    return await _first(pool, "select 1") is not None


_PARTS = ("part", "version", "as_of", "providers")
_FAILURES = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)


async def _first(pool: Any, statement: str, *arguments: Any) -> Any:
    try:
        return await pool.fetchrow(statement, *arguments)
    except _FAILURES as error:
        raise RecordUnreadable("the stored records cannot be read now") from error


async def _all(pool: Any, statement: str, *arguments: Any) -> Any:
    try:
        return await pool.fetch(statement, *arguments)
    except _FAILURES as error:
        raise RecordUnreadable("the stored records cannot be read now") from error
