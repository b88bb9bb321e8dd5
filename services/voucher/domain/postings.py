"""Entries of the ledger on their way in and out, and sums of them for one client."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.voucher.domain.ledger import Account, Op, Source


@dataclass(frozen=True)
class LineRow:
    """A line as postings need it: which it is, and what is free on it."""

    id: UUID
    code: str
    fiscal_year: int
    available: int


@dataclass(frozen=True)
class HeldFor:
    """For whom and what a source holds money."""

    client_id: UUID
    service_code: str


@dataclass(frozen=True)
class Entry:
    """An entry to be written; `client_id`, `service_code` and `service_date` are absent for the council's decisions."""

    line_id: UUID
    source: Source
    op: Op
    credit: Account
    debit: Account
    cents: int
    client_id: UUID | None
    service_code: str | None
    correlation_id: str
    posted_at: datetime


@dataclass(frozen=True)
class Posted:
    """What the database gave an entry: its id, and its consecutive number on the line."""

    id: UUID
    line_number: int


@dataclass(frozen=True)
class EntryRow:
    """An entry with what its line is called; cents."""

    id: UUID
    posted_at: datetime
    recorded_at: datetime
    fiscal_year: int
    line_code: str
    op: str
    credit: str
    debit: str
    cents: int
    source: Source
    seq: int
    line_number: int
    client_id: UUID | None
    service_code: str
    correlation_id: str


@dataclass(frozen=True)
class Sums:
    """Sums of postings by operation, in cents."""

    reserved: int
    committed: int
    uncommitted: int
    released: int
    spent: int
    spend_reversed: int


@dataclass(frozen=True)
class FinanceRow:
    """One source on one line: its sums, and what it holds now, in cents."""

    source: Source
    service_code: str
    fiscal_year: int
    line_code: str
    sums: Sums
    open_reserved: int
    open_committed: int
