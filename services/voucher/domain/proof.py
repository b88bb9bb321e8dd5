"""The ledger's proof: what the entries alone say, compared with everything stored (INV-08 to INV-11)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from services.voucher.domain.ledger import Balance, LineBalance, Move, Recomputed, Source, recompute


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
class Owed:
    """What an open voucher, commitment or envelope must have bound by its own books, in cents (INV-09)."""

    source: Source
    bound: int


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
    sources: Mapping[tuple[Source, UUID], Balance],
    batches: Iterable[BatchSums],
    owed: Iterable[Owed],
    paid_out: Mapping[Source, int],
) -> Proof:
    """Replay the entries and compare: balances of lines and sources, batch totals, and what open things must hold.

    `paid_out` is, by source, what PAID batches and own production paid by their own books.
    """
    proof = Proof()
    found = recompute(_counted(moves, proof))
    for move in found.illegal:
        proof.differences.append(Difference("INV-08", _name(move.source), f"illegal {move.op}", move.cents, 0))
    _prove_lines(proof, lines, found)
    _prove_sources(proof, sources, found)
    _prove_batches(proof, batches)
    _prove_owed(proof, sources, owed, paid_out)
    return proof


def _counted(moves: Iterable[Move], proof: Proof) -> Iterable[Move]:
    for move in moves:
        proof.entries += 1
        yield move


def _prove_lines(proof: Proof, lines: Mapping[UUID, LineBalance], found: Recomputed) -> None:
    for line_id in lines.keys() | found.lines.keys():
        stored = lines.get(line_id, LineBalance())
        expected = found.lines.get(line_id, LineBalance())
        subject = f"budgetLines/{line_id}"
        proof.lines += 1
        for measure in ("appropriated", "available", "reserved", "committed", "spent"):
            proof.compare("INV-08", subject, measure, getattr(stored, measure), getattr(expected, measure))
        if not expected.adds_up:
            parts = expected.available + expected.reserved + expected.committed + expected.spent
            rule = "INV-10" if expected.available < 0 else "INV-08"
            proof.differences.append(Difference(rule, subject, "equation", expected.appropriated, parts))


def _prove_sources(proof: Proof, sources: Mapping[tuple[Source, UUID], Balance], found: Recomputed) -> None:
    for key in sources.keys() | found.sources.keys():
        stored = sources.get(key, Balance())
        expected = found.sources.get(key, LineBalance())
        proof.sources += 1
        for measure in ("reserved", "committed", "spent"):
            proof.compare("INV-09", _name(key[0]), measure, getattr(stored, measure), getattr(expected, measure))


def _prove_batches(proof: Proof, batches: Iterable[BatchSums]) -> None:
    for batch in batches:
        proof.settlements += 1
        proof.compare("INV-11", f"settlements/{batch.settlement_id}", "total", batch.total, batch.items)


def _prove_owed(
    proof: Proof,
    sources: Mapping[tuple[Source, UUID], Balance],
    owed: Iterable[Owed],
    paid_out: Mapping[Source, int],
) -> None:
    bound: dict[Source, int] = {}
    spent: dict[Source, int] = {}
    for (source, _), balance in sources.items():
        bound[source] = bound.get(source, 0) + balance.bound
        spent[source] = spent.get(source, 0) + balance.spent
    for one in owed:
        proof.compare("INV-09", _name(one.source), "bound", bound.get(one.source, 0), one.bound)
    for source in spent.keys() | paid_out.keys():
        proof.compare("INV-11", _name(source), "spent", spent.get(source, 0), paid_out.get(source, 0))


def _name(source: Source) -> str:
    return f"{source.kind.value}/{source.id}"
