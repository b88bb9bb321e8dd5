"""Who may act for a client: its representatives in the matter (REPRESENTATIVE-2, CONSENT-7, INV-14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

ACTING = frozenset({"GUARDIAN", "TRUSTEE", "AUTHORISED"})
GUARDIAN = "GUARDIAN"
ALL_MATTERS = "ALL"


@dataclass(frozen=True, kw_only=True)
class RepresentativeCopy:
    """Somebody who represents a client; `representative_client_id` None for a person who is no client."""

    representative_id: UUID
    client_id: UUID
    kind: str
    matters: str
    representative_client_id: UUID | None
    from_date: date
    to_date: date | None
    in_force: bool
    version: int

    def acts_on(self, day: date) -> bool:
        """Whether it lets its holder act that day; an informal carer never does."""
        in_days = self.from_date <= day and (self.to_date is None or day <= self.to_date)
        return self.in_force and self.kind in ACTING and in_days


@dataclass(frozen=True, kw_only=True)
class GuardianDenialCopy:
    """A minor's denial that keeps a guardian out of a sector; no `sector` where a service knows all matters only."""

    consent_id: UUID
    client_id: UUID
    in_force: bool
    version: int
    sector: str = ""


def may_act(
    representing: Iterable[RepresentativeCopy],
    denials: Iterable[GuardianDenialCopy],
    *,
    sector: str | None,
    today: date,
) -> bool:
    """Whether one of these lets its holder act for the client, in a sector or (None) in all matters.

    A guardian does not where the minor forbade it: in the sector, or, for all matters, in any.
    """
    closed = {denial.sector for denial in denials if denial.in_force}
    forbidden = bool(closed) if sector is None else sector in closed
    fitting = {ALL_MATTERS} if sector is None else {ALL_MATTERS, sector}
    return any(
        holder.acts_on(today) and holder.matters in fitting and not (holder.kind == GUARDIAN and forbidden)
        for holder in representing
    )
