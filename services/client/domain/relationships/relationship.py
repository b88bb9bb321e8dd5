"""Relationships: why an organisation may read a client (RELATIONSHIP-1, S1.42), opened and closed by what happens
elsewhere."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from uuid import UUID

from services.kernel.machine import move

ASSESSMENT_GRACE = 30
OPERATOR_GRACE = 30
GUIDANCE_DAYS = 7


class RelationshipKind(Enum):
    """What the relationship comes from."""

    ASSESSMENT = "ASSESSMENT"
    PLAN_OPERATOR = "PLAN_OPERATOR"
    CONSULTATION = "CONSULTATION"
    PLAN_SERVICE = "PLAN_SERVICE"
    VOUCHER = "VOUCHER"
    REFERRAL = "REFERRAL"
    DIRECT_CHOICE = "DIRECT_CHOICE"
    GUIDANCE = "GUIDANCE"


class RelationshipState(Enum):
    """Whether it holds: without an end, until the end of its last day, or no longer."""

    OPEN = "OPEN"
    ENDING = "ENDING"
    CLOSED = "CLOSED"


TRANSITIONS: dict[tuple[RelationshipState, str], RelationshipState] = {
    (RelationshipState.OPEN, "let_end"): RelationshipState.ENDING,
    (RelationshipState.OPEN, "close"): RelationshipState.CLOSED,
    (RelationshipState.ENDING, "close"): RelationshipState.CLOSED,
}


@dataclass(frozen=True)
class Tie:
    """What a source asks for: this organisation, at this unit or at all of them, in a relationship of this kind."""

    kind: RelationshipKind
    organisation_id: UUID
    unit_id: UUID | None = None


@dataclass(eq=False, kw_only=True)
class Relationship:
    """A tie of a client from its first day on; `source_id` is the plan, voucher, contact and so on it comes from."""

    id: UUID
    county_scheme: str
    county_code: str
    client_id: UUID
    kind: RelationshipKind
    organisation_id: UUID
    unit_id: UUID | None
    source_id: UUID
    from_date: date
    created_at: datetime
    created_by: str
    updated_at: datetime
    state: RelationshipState = RelationshipState.OPEN
    to_date: date | None = None
    version: int = 1

    @property
    def tie(self) -> Tie:
        """What the source asked for."""
        return Tie(self.kind, self.organisation_id, self.unit_id)

    def let_end(self, days: int, *, today: date, now: datetime) -> None:
        """It holds for so many days more, and ends by itself."""
        self._move("let_end", now)
        self.to_date = today + timedelta(days=days)

    def close(self, *, today: date, now: datetime) -> None:
        """It no longer holds, from this moment on."""
        self._move("close", now)
        self.to_date = today

    def end(self, days: int, *, today: date, now: datetime) -> None:
        """The source is over: it holds for the days of grace there are, or closes."""
        if days:
            self.let_end(days, today=today, now=now)
        else:
            self.close(today=today, now=now)

    def _move(self, command: str, now: datetime) -> None:
        self.state = move(TRANSITIONS, self.state, command, noun="a relationship")
        self.version += 1
        self.updated_at = now


def grace_days(kind: RelationshipKind, *, source_over: bool) -> int:
    """RELATIONSHIP-2, RELATIONSHIP-3, RELATIONSHIP-11: for how many days it still holds after its source closed it;
    a former operator's ends at once."""
    if kind is RelationshipKind.ASSESSMENT:
        return ASSESSMENT_GRACE
    return OPERATOR_GRACE if kind is RelationshipKind.PLAN_OPERATOR and source_over else 0


def reconcile(held: Iterable[Relationship], wanted: Collection[Tie]) -> tuple[frozenset[Tie], tuple[Relationship, ...]]:
    """What to open and what to close, so that the open relationships of a source are exactly those it asks for."""
    present = {relationship.tie: relationship for relationship in held}
    return (
        frozenset(wanted) - present.keys(),
        tuple(relationship for tie, relationship in present.items() if tie not in wanted),
    )
