"""The county's ledger: accounts, what each operation moves between them, and what a proof compares (BUDGET-1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from services.kernel.refusal import Refusal


class Account(StrEnum):
    """Where money of a budget line stands; APPROPRIATION is the council's side of the books.

    OVERRUN holds no money: it is how far available may go below zero (DESIGN-8); FINANCE is the side that permits it.
    """

    APPROPRIATION = "APPROPRIATION"
    AVAILABLE = "AVAILABLE"
    RESERVED = "RESERVED"
    COMMITTED = "COMMITTED"
    SPENT = "SPENT"
    FINANCE = "FINANCE"
    OVERRUN = "OVERRUN"


class Op(StrEnum):
    """What a posting does."""

    APPROPRIATE = "APPROPRIATE"
    RESERVE = "RESERVE"
    COMMIT = "COMMIT"
    UNCOMMIT = "UNCOMMIT"
    RELEASE = "RELEASE"
    SPEND = "SPEND"
    REVERSE_SPEND = "REVERSE_SPEND"
    AMEND = "AMEND"
    TRANSFER = "TRANSFER"
    OVERRIDE = "OVERRIDE"
    DIRECT_SPEND = "DIRECT_SPEND"


DECISIONS = frozenset({Op.APPROPRIATE, Op.AMEND, Op.TRANSFER, Op.OVERRIDE})
"""What the council or county finance decides about a line; every other operation is for a client or a provider."""

PAYING = frozenset({Op.SPEND, Op.DIRECT_SPEND, Op.REVERSE_SPEND})
"""What pays somebody, or takes a payment back."""

GIVE = (Account.APPROPRIATION, Account.AVAILABLE)
TAKE_BACK = (Account.AVAILABLE, Account.APPROPRIATION)
PERMIT = (Account.FINANCE, Account.OVERRUN)

MOVES: Mapping[Op, frozenset[tuple[Account, Account]]] = {
    Op.APPROPRIATE: frozenset({GIVE}),
    Op.RESERVE: frozenset({(Account.AVAILABLE, Account.RESERVED)}),
    Op.COMMIT: frozenset({(Account.RESERVED, Account.COMMITTED)}),
    Op.UNCOMMIT: frozenset({(Account.COMMITTED, Account.RESERVED)}),
    Op.RELEASE: frozenset({(Account.RESERVED, Account.AVAILABLE), (Account.COMMITTED, Account.AVAILABLE)}),
    Op.SPEND: frozenset({(Account.COMMITTED, Account.SPENT)}),
    Op.REVERSE_SPEND: frozenset({(Account.SPENT, Account.COMMITTED), (Account.SPENT, Account.AVAILABLE)}),
    Op.AMEND: frozenset({GIVE, TAKE_BACK}),
    Op.TRANSFER: frozenset({GIVE, TAKE_BACK}),
    Op.OVERRIDE: frozenset({PERMIT}),
    Op.DIRECT_SPEND: frozenset({(Account.AVAILABLE, Account.SPENT)}),
}
"""Each operation takes from the first account (credit) and gives to the second (debit), on one line."""


class SourceKind(StrEnum):
    """What money is bound for."""

    VOUCHER = "VOUCHER"
    COMMITMENT = "COMMITMENT"
    ENROLMENT = "ENROLMENT"
    COUNCIL = "COUNCIL"
    DIRECT = "DIRECT"


@dataclass(frozen=True)
class Source:
    """What a posting is for: a voucher, a commitment, an enrolment's envelope, a decision, a direct payment."""

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

    def beyond(self, owed: int) -> "Holding":
        """What may be given back of it while `owed` cents have to stay committed."""
        return replace(self, committed=max(0, self.committed - owed))


@dataclass(frozen=True)
class Taking:
    """Cents taken from one account of one line."""

    line_id: UUID
    account: Account
    cents: int


class BudgetExhausted(Refusal):
    """The line has not that much available, or nothing is appropriated for the service in that year
    (INV-10, PROCESS-A5)."""

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
    rest = positive(cents)
    takings: list[Taking] = []
    for account in accounts:
        for holding in holdings:
            part = min(rest, holding.on(account))
            if part > 0:
                takings.append(Taking(holding.line_id, account, part))
                rest -= part
    if rest:
        raise PostingRefused("the source does not hold that much")
    return takings


@dataclass
class LineBalance:
    """The five sums of a budget line, in cents, and how far its available may go below zero.

    `overrun` is what county finance permitted (DESIGN-8), `conditional` what the plan gives while it is not approved.
    """

    appropriated: int = 0
    available: int = 0
    reserved: int = 0
    committed: int = 0
    spent: int = 0
    overrun: int = 0
    conditional: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether the line obeys INV-08: the equation, and no sum below zero (INV-10: available by its permits)."""
        rest = (self.appropriated, self.reserved, self.committed, self.spent, self.overrun)
        return self.appropriated == self.available + self.bound + self.spent and min(rest) >= 0 and self.covered

    @property
    def bound(self) -> int:
        """What is promised and not spent."""
        return self.reserved + self.committed

    @property
    def covered(self) -> bool:
        """Whether a permit covers what available is below zero (INV-10)."""
        return self.available >= -(self.overrun + self.conditional)


@dataclass(frozen=True)
class Move:
    """One entry as the proof reads it; `provider_id` is the payee."""

    line_id: UUID
    source: Source
    op: Op
    credit: Account
    debit: Account
    cents: int
    provider_id: UUID | None = None


def apply_move(balance: LineBalance, move: Move) -> None:
    """Move the cents from the account that gives to the one that receives."""
    for account, cents in ((move.credit, -move.cents), (move.debit, move.cents)):
        if account is Account.APPROPRIATION:
            balance.appropriated -= cents
        elif account is not Account.FINANCE:
            name = account.value.lower()
            setattr(balance, name, getattr(balance, name) + cents)
