"""The ledger's proof: what the entries alone say, compared with everything stored (INV-08 to INV-11, S1.04).

What it compares comes in the order of sources and is forgotten source by source, so that its memory does not grow
with the ledger.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from services.voucher.domain.purse.ledger import (
    MOVES,
    PAYING,
    Balance,
    LineBalance,
    Move,
    Op,
    Source,
    SourceKind,
    apply_move,
)


@dataclass(frozen=True)
class Difference:
    """Something stored that is not as the entries say; in cents."""

    rule: str
    subject: str
    measure: str
    stored: int
    expected: int


@dataclass(frozen=True)
class BatchSums:
    """A settlement batch as stored: its total, the sum of its items, and what was paid by it in the ledger's eyes."""

    settlement_id: UUID
    paid: bool
    total: int
    items: int


@dataclass(frozen=True)
class Stored:
    """What a source holds on a line, as stored."""

    source: Source
    line_id: UUID
    balance: Balance


@dataclass(frozen=True)
class OwnBooks:
    """What a voucher, commitment, envelope or direct payment says of its own money, in cents (INV-09, INV-11).

    `bound` is None where earlier steps alone determine it: a voucher that waits for a choice, or closes.
    """

    source: Source
    bound: int | None
    paid: int


@dataclass(frozen=True)
class Payers:
    """How often a delivery stands as paid, and how many claims and charges pay for it."""

    delivery_id: UUID
    recorded: int
    paying: int


@dataclass
class Proof:
    """What was compared, and every difference."""

    entries: int = 0
    lines: int = 0
    sources: int = 0
    settlements: int = 0
    differences: list[Difference] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Nothing differs."""
        return not self.differences

    def compare(self, rule: str, subject: str, measure: str, stored: int, expected: int) -> None:
        """Note a difference where there is one."""
        if stored != expected:
            self.differences.append(Difference(rule, subject, measure, stored, expected))


def prove(
    moves: Iterable[Move],
    *,
    lines: Mapping[UUID, LineBalance],
    stored: Iterable[Stored],
    own: Iterable[OwnBooks],
    batches: Iterable[BatchSums],
    paid_to: Mapping[UUID, int],
    payers: Iterable[Payers] = (),
) -> Proof:
    """Replay the entries and compare: lines, sources, batches, what open things must hold, and who was paid.

    `moves`, `stored` and `own` come in the order of their sources. `paid_to` is, by provider, what batches, own
    production and capitation paid by their own books; `payers` are deliveries with no, or more than, their one payer.
    """
    proof = Proof()
    expected: dict[UUID, LineBalance] = {}
    payees: dict[UUID, int] = {}
    for source, records in _by_source(moves, stored, own):
        _prove_source(proof, source, _replayed(proof, records, expected, payees), records)
    _prove_lines(proof, lines, expected)
    for batch in batches:
        proof.settlements += 1
        proof.compare("INV-11", f"settlements/{batch.settlement_id}", "total", batch.total, batch.items)
    for provider_id in payees.keys() | paid_to.keys():
        paid, booked = payees.get(provider_id, 0), paid_to.get(provider_id, 0)
        proof.compare("S1.04", f"providers/{provider_id}", "paid", paid, booked)
    for delivery in payers:
        subject = f"deliveries/{delivery.delivery_id}"
        proof.compare("INV-06", subject, "payers", delivery.recorded, delivery.paying)
    return proof


def _by_source(*streams: Iterable[Any]) -> Iterator[tuple[Source, list[Any]]]:
    """The records of all streams, source by source."""
    keyed = [((_order(record.source), record) for record in stream) for stream in streams]
    for _, group in groupby(merge(*keyed, key=itemgetter(0)), key=itemgetter(0)):
        records = [record for _, record in group]
        yield records[0].source, records


def _order(source: Source) -> tuple[str, UUID]:
    return source.kind.value, source.id


def _replayed(
    proof: Proof, records: Iterable[Any], lines: dict[UUID, LineBalance], payees: dict[UUID, int]
) -> dict[UUID, LineBalance]:
    """What the source's entries say of it by line; they are added to the lines' and the payees' sums too."""
    found: dict[UUID, LineBalance] = {}
    for move in (record for record in records if isinstance(record, Move)):
        proof.entries += 1
        if move.cents <= 0 or (move.credit, move.debit) not in MOVES[move.op]:
            proof.differences.append(Difference("INV-08", _name(move.source), f"illegal {move.op}", move.cents, 0))
            continue
        apply_move(lines.setdefault(move.line_id, LineBalance()), move)
        apply_move(found.setdefault(move.line_id, LineBalance()), move)
        if move.op in PAYING and move.provider_id is not None:
            sign = -1 if move.op is Op.REVERSE_SPEND else 1
            payees[move.provider_id] = payees.get(move.provider_id, 0) + sign * move.cents
    return found


def _prove_source(proof: Proof, source: Source, found: Mapping[UUID, LineBalance], records: Iterable[Any]) -> None:
    if source.kind is SourceKind.COUNCIL:
        return
    stored = {record.line_id: record.balance for record in records if isinstance(record, Stored)}
    for line_id in stored.keys() | found.keys():
        balance, expected = stored.get(line_id, Balance()), found.get(line_id, LineBalance())
        proof.sources += 1
        for measure in ("reserved", "committed", "spent"):
            proof.compare("INV-09", _name(source), measure, getattr(balance, measure), getattr(expected, measure))
    own = next((record for record in records if isinstance(record, OwnBooks)), OwnBooks(source, None, 0))
    if own.bound is not None:
        proof.compare("INV-09", _name(source), "bound", sum(balance.bound for balance in stored.values()), own.bound)
    proof.compare("INV-11", _name(source), "spent", sum(balance.spent for balance in stored.values()), own.paid)


def _prove_lines(proof: Proof, lines: Mapping[UUID, LineBalance], found: Mapping[UUID, LineBalance]) -> None:
    for line_id in lines.keys() | found.keys():
        stored = lines.get(line_id, LineBalance())
        expected = found.get(line_id, LineBalance())
        subject = f"budgetLines/{line_id}"
        proof.lines += 1
        expected.conditional = stored.conditional
        for measure in ("appropriated", "available", "reserved", "committed", "spent", "overrun"):
            proof.compare("INV-08", subject, measure, getattr(stored, measure), getattr(expected, measure))
        if not expected.adds_up:
            parts = expected.available + expected.bound + expected.spent
            rule = "INV-08" if expected.covered else "INV-10"
            proof.differences.append(Difference(rule, subject, "equation", expected.appropriated, parts))


def _name(source: Source) -> str:
    return f"{source.kind.value}/{source.id}"
