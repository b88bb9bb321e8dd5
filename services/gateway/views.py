"""Questions to the gateway's copies: a client's stored sections and what is known of providers, a statement each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg

from services.gateway.domain.record import KINDS, Copy, RecordUnreadable

_COLUMNS = ", ".join(
    f"r.{kind.field}_part, r.{kind.field}_version, r.{kind.field}_as_of, r.{kind.field}_providers" for kind in KINDS
)
_NAMED = " || ".join(f"r.{kind.field}_providers" for kind in KINDS)
# One statement for the whole record: the client's row and the summaries of all providers it names.
_RECORD = f"""
select {_COLUMNS},
  array(select (s.provider_id, s.body) from provider_summary s where s.provider_id = any({_NAMED})) as summaries
from record r where r.client_id = $1
"""  # noqa: S608 (made of constants)
_SUMMARIES = "select provider_id, body from provider_summary where provider_id = any($1)"


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


async def stored_record(pool: Any, client_id: UUID) -> Stored:
    """What is stored of the client; nothing for one nobody has told of. Raises `RecordUnreadable`."""
    row = await _first(pool, _RECORD, client_id)
    if row is None:
        return Stored({}, {})
    sections = {}
    for kind in KINDS:
        part, version, as_of, providers = (row[f"{kind.field}_{name}"] for name in _PARTS)
        if part is not None:
            sections[kind.message] = Copy(version, as_of, part, frozenset(providers))
    return Stored(sections, dict(row["summaries"]))


async def provider_summaries(pool: Any, provider_ids: Iterable[UUID]) -> Mapping[UUID, bytes]:
    """The stored summaries of these providers; one that is not known has none. Raises `RecordUnreadable`."""
    rows = await _all(pool, _SUMMARIES, sorted(provider_ids))
    return {row["provider_id"]: row["body"] for row in rows}


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
