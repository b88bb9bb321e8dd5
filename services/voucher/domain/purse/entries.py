"""Entries of the ledger on their way in and out, and sums of them for one client."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.voucher.domain.purse.ledger import Account, Op, Source


@dataclass(frozen=True)
class LineRow:
    """A line as postings need it: which it is, what is free on it, and how far that may go below zero; cents."""

    id: UUID
    code: str
    fiscal_year: int
    available: int
    overrun: int = 0
    conditional: int = 0

    def room(self, *, statutory: bool) -> int:
        """What may still be bound: an overrun is permitted for statutory rights alone (INV-10, DESIGN-8)."""
        return self.available + self.conditional + (self.overrun if statutory else 0)


@dataclass(frozen=True)
class HeldFor:
    """For whom and what a source holds money; a direct payment to a provider is for no client."""

    client_id: UUID | None
    service_code: str


@dataclass(frozen=True)
class Entry:
    """An entry to be written; `client_id` and `service_code` are absent for decisions about a line.

    `provider_id` is who was paid, or who a payment was taken back from.
    """

    line_id: UUID
    source: Source
    op: Op
    credit: Account
    debit: Account
    cents: int
    client_id: UUID | None
    service_code: str | None
    provider_id: UUID | None
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
    provider_id: UUID | None
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
    direct_spent: int


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
    conditional: bool
