"""The county's ledger: accounts, what each operation moves between them, and what a proof compares (domain 3.10)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from services.voucher.domain.refusals import Refusal


class Account(StrEnum):
    """Where money of a budget line stands; APPROPRIATION is the council's side of the books."""

    APPROPRIATION = "APPROPRIATION"
    AVAILABLE = "AVAILABLE"
    RESERVED = "RESERVED"
    COMMITTED = "COMMITTED"
    SPENT = "SPENT"


class Op(StrEnum):
    """What a posting does."""

    APPROPRIATE = "APPROPRIATE"
    RESERVE = "RESERVE"
    COMMIT = "COMMIT"
    UNCOMMIT = "UNCOMMIT"
    RELEASE = "RELEASE"
    SPEND = "SPEND"
    REVERSE_SPEND = "REVERSE_SPEND"


MOVES: Mapping[Op, frozenset[tuple[Account, Account]]] = {
    Op.APPROPRIATE: frozenset({(Account.APPROPRIATION, Account.AVAILABLE)}),
    Op.RESERVE: frozenset({(Account.AVAILABLE, Account.RESERVED)}),
    Op.COMMIT: frozenset({(Account.RESERVED, Account.COMMITTED)}),
    Op.UNCOMMIT: frozenset({(Account.COMMITTED, Account.RESERVED)}),
    Op.RELEASE: frozenset({(Account.RESERVED, Account.AVAILABLE), (Account.COMMITTED, Account.AVAILABLE)}),
    Op.SPEND: frozenset({(Account.COMMITTED, Account.SPENT)}),
    Op.REVERSE_SPEND: frozenset({(Account.SPENT, Account.COMMITTED), (Account.SPENT, Account.AVAILABLE)}),
}
"""Each operation takes from the first account (credit) and gives to the second (debit), on one line."""


class SourceKind(StrEnum):
    """What money is bound for."""

    VOUCHER = "VOUCHER"
    COMMITMENT = "COMMITMENT"
    ENROLMENT = "ENROLMENT"
    COUNCIL = "COUNCIL"


@dataclass(frozen=True)
class Source:
    """What a posting is for: a voucher, a commitment, the envelope of an enrolment, a decision of the council."""

    kind: SourceKind
    id: UUID


@dataclass(frozen=True)
class Balance:
    """What a source holds, in cents, over all its lines."""

    reserved: int = 0
    committed: int = 0
    spent: int = 0

    @property
    def bound(self) -> int:
        """What is bound and not yet spent; zero when the source is finished."""
        return self.reserved + self.committed


@dataclass(frozen=True)
class Holding:
    """What a source holds on one line, in cents."""

    line_id: UUID
    reserved: int
    committed: int
    spent: int = 0

    def on(self, account: Account) -> int:
        """The cents on one of the three accounts a source can hold money on."""
        return {Account.RESERVED: self.reserved, Account.COMMITTED: self.committed, Account.SPENT: self.spent}[account]


@dataclass(frozen=True)
class Taking:
    """Cents taken from one account of one line."""

    line_id: UUID
    account: Account
    cents: int


class BudgetExhausted(Refusal):
    """The line has not that much available, or nothing is appropriated for the service in that year (INV-10, A5)."""

    reason = "BUDGET_EXHAUSTED"
    rule = "INV-10"


class PostingRefused(Refusal):
    """A source cannot give more than it holds: never spent beyond its commitment (INV-08, INV-09)."""

    reason = "POSTING_REFUSED"
    rule = "INV-09"


def positive(cents: int) -> int:
    """The amount of a posting, in cents; refuses with PostingRefused whatever is not above zero (INV-22)."""
    if cents <= 0:
        raise PostingRefused("a posting moves a positive number of cents")
    return cents


def take(holdings: Sequence[Holding], accounts: Sequence[Account], cents: int) -> list[Taking]:
    """Which lines and accounts give `cents`: the accounts in the order given, each line by line.

    Refuses with PostingRefused when together they hold less.
    """
    left = positive(cents)
    takings: list[Taking] = []
    for account in accounts:
        for holding in holdings:
            part = min(left, holding.on(account))
            if part > 0:
                takings.append(Taking(holding.line_id, account, part))
                left -= part
    if left:
        raise PostingRefused("the source does not hold that much")
    return takings


@dataclass
class LineBalance:
    """The five sums of a budget line, in cents."""

    appropriated: int = 0
    available: int = 0
    reserved: int = 0
    committed: int = 0
    spent: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether the line obeys INV-08: the equation, and every sum at least zero."""
        parts = (self.available, self.reserved, self.committed, self.spent)
        return self.appropriated == sum(parts) and min(*parts, self.appropriated) >= 0


@dataclass(frozen=True)
class Move:
    """One entry as the proof reads it."""

    line_id: UUID
    source: Source
    op: Op
    credit: Account
    debit: Account
    cents: int


@dataclass
class Recomputed:
    """What the entries alone say: the balances of each line, and of each source on each line."""

    lines: dict[UUID, LineBalance] = field(default_factory=dict)
    sources: dict[tuple[Source, UUID], LineBalance] = field(default_factory=dict)
    illegal: list[Move] = field(default_factory=list)


def recompute(moves: Iterable[Move]) -> Recomputed:
    """Replay every entry from nothing; an entry whose accounts do not belong to its operation is told apart."""
    result = Recomputed()
    for move in moves:
        if move.cents <= 0 or (move.credit, move.debit) not in MOVES[move.op]:
            result.illegal.append(move)
            continue
        _apply(result.lines.setdefault(move.line_id, LineBalance()), move)
        if move.source.kind is not SourceKind.COUNCIL:
            _apply(result.sources.setdefault((move.source, move.line_id), LineBalance()), move)
    return result


def _apply(balance: LineBalance, move: Move) -> None:
    if move.credit is Account.APPROPRIATION:
        balance.appropriated += move.cents
    else:
        name = move.credit.value.lower()
        setattr(balance, name, getattr(balance, name) - move.cents)
    name = move.debit.value.lower()
    setattr(balance, name, getattr(balance, name) + move.cents)
