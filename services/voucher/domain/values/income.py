"""What a client's household earns, as stated to a fee official; nobody else reads it (INCOME-1, ACCESS-3)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.kernel.refusal import Refusal


class IncomeStatementOverlaps(Refusal):
    """Another statement of the client is in force on a day of this one."""

    reason = "INCOME_STATEMENT_OVERLAPS"
    rule = "INCOME-1"


class IncomeStatementNotFound(Refusal):
    """There is no such statement."""

    reason = "INCOME_STATEMENT_NOT_FOUND"
    rule = "REFUSAL-4"
    resource_type = "sote.voucher.v1.IncomeStatement"


class IncomeStatementEnded(Refusal):
    """The statement is withdrawn, or has ended before that day."""

    reason = "INCOME_STATEMENT_ENDED"
    rule = "INCOME-1"


@dataclass(frozen=True)
class Means:
    """Persons in the household, and its gross monthly income in cents."""

    household: int
    monthly_income: int


@dataclass(eq=False)
class IncomeStatement:
    """A statement of income; `valid_to` None: until another follows or it is ended. One that was wrong is withdrawn.

    `evidence` names what it rests on; like the means it is sealed at rest.
    """

    id: UUID
    county: str
    client_id: UUID
    valid_from: date
    valid_to: date | None
    means: Means
    evidence: str
    created_at: datetime
    created_by: str
    updated_at: datetime
    withdrawn: bool = False
    version: int = 1

    def holds_on(self, day: date) -> bool:
        """Whether it is in force that day."""
        return not self.withdrawn and self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def overlaps(self, other: "IncomeStatement") -> bool:
        """Whether the two share a day."""
        ends_before = self.valid_to is not None and self.valid_to < other.valid_from
        begins_after = other.valid_to is not None and other.valid_to < self.valid_from
        return not (ends_before or begins_after)

    def end(self, last_day: date, *, now: datetime) -> None:
        """Let it end on `last_day`; a day before its first one withdraws it. Values given by it stay as they are."""
        if self.withdrawn or (self.valid_to is not None and self.valid_to < last_day):
            raise IncomeStatementEnded("the statement counts no longer on that day")
        if last_day < self.valid_from:
            self.withdrawn = True
        else:
            self.valid_to = last_day
        self.updated_at = now
