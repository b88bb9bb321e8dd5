"""The county's budget of a fiscal year: its states, its lines, and which services each line pays (BUDGET-13)."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from services.kernel.machine import move
from services.kernel.refusal import Refusal
from services.voucher.domain.purse.ledger import LineBalance


class BudgetState(StrEnum):
    """The states of a budget."""

    PLANNED = "PLANNED"
    APPROVED = "APPROVED"
    CLOSED = "CLOSED"


TRANSITIONS: Mapping[tuple[BudgetState, str], BudgetState] = {
    (BudgetState.PLANNED, "approve"): BudgetState.APPROVED,
    (BudgetState.APPROVED, "appropriate"): BudgetState.APPROVED,
    (BudgetState.APPROVED, "amend"): BudgetState.APPROVED,
    (BudgetState.APPROVED, "transfer"): BudgetState.APPROVED,
    (BudgetState.APPROVED, "override"): BudgetState.APPROVED,
    (BudgetState.APPROVED, "close"): BudgetState.CLOSED,
}
COMMANDS = ("approve", "appropriate", "amend", "transfer", "override", "close")


class BudgetExists(Refusal):
    """The county has a budget of that year: one single budget (S1.41)."""

    reason = "BUDGET_EXISTS"
    rule = "S1.41"


class BudgetNotFound(Refusal):
    """There is no such budget, or it has no such line."""

    reason = "BUDGET_NOT_FOUND"
    rule = "REFUSAL-4"
    resource_type = "budgets"


class BudgetLinesOverlap(Refusal):
    """Two lines of a plan have one code, or claim one task or service; a posting could not choose."""

    reason = "BUDGET_LINES_OVERLAP"
    rule = "S1.41"
    field = "lines"


class SameLine(Refusal):
    """A transfer goes from one line of the budget to another."""

    reason = "SAME_LINE"
    rule = "BUDGET-15"
    field = "to_line_code"


class OverrunNotStatutory(Refusal):
    """The line pays no service to which clients have a statutory right, so nothing may overrun it (DESIGN-8)."""

    reason = "OVERRUN_NOT_STATUTORY"
    rule = "DESIGN-8"


class YearNotOver(Refusal):
    """The fiscal year, or the time to claim for its last day, is not over."""

    reason = "YEAR_NOT_OVER"
    rule = "BUDGET-14"


class NextBudgetMissing(Refusal):
    """There is no budget of the next year to which what is still bound could move."""

    reason = "NEXT_BUDGET_MISSING"
    rule = "BUDGET-14"


@dataclass
class Line:
    """A line of a budget, in cents; tasks and service codes are what it pays."""

    id: UUID
    code: str
    title: str
    planned: int
    tasks: tuple[str, ...] = ()
    service_codes: tuple[str, ...] = ()
    balance: LineBalance = field(default_factory=LineBalance)


@dataclass
class Budget:
    """A county's budget of one fiscal year."""

    id: UUID
    county: str
    fiscal_year: int
    state: BudgetState
    created_by: str
    created_at: datetime
    updated_at: datetime
    version: int
    lines: list[Line]

    def step(self, command: str, at: datetime) -> None:
        """Go where the command leads; refuses with IllegalTransition where the state has no such command."""
        self.state = move(TRANSITIONS, self.state, command, noun="a budget")
        self.updated_at = at

    def line(self, code: str) -> Line:
        """The line with this code; refuses with BudgetNotFound when there is none."""
        for line in self.lines:
            if line.code == code:
                return line
        raise BudgetNotFound("the budget has no such line")

    @property
    def total(self) -> LineBalance:
        """The sums of all lines."""
        every = [astuple(line.balance) for line in self.lines]
        return LineBalance(*(sum(sums) for sums in zip(*every, strict=True)))


def check_year_over(fiscal_year: int, claim_window: timedelta, today: date) -> None:
    """Refuse with YearNotOver while services of the year may be delivered or claimed."""
    if today <= date(fiscal_year, 12, 31) + claim_window:
        raise YearNotOver("the year, or the time to claim for its last day, is not over")


def check_lines(lines: Sequence[Line]) -> None:
    """Refuse with BudgetLinesOverlap when two lines share a code, a task or a service."""
    for keys in (
        [line.code for line in lines],
        [task for line in lines for task in line.tasks],
        [code for line in lines for code in line.service_codes],
    ):
        if len(keys) != len(set(keys)):
            raise BudgetLinesOverlap("two lines have one code, or claim one task or one service")
