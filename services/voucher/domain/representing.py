"""Who may act where a client may: whoever represents the client in the matter (REPRESENTATIVE-2, CONSENT-7, INV-14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

ACTING = frozenset({"GUARDIAN", "TRUSTEE", "AUTHORISED"})
GUARDIAN = "GUARDIAN"
HEALTH_TASK = "TERVEYS"


@dataclass(frozen=True)
class RepresentativeCopy:
    """Somebody who stands for a client; `representative_client_id` None for a person who is no client."""

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


@dataclass(frozen=True)
class GuardianDenialCopy:
    """A minor's word that keeps a guardian out of a sector."""

    consent_id: UUID
    client_id: UUID
    sector: str
    in_force: bool
    version: int


def sector_of(task: str) -> str:
    """The sector of a service task: health care is a task of its own, everything else is social welfare
    (CATALOGUE-1)."""
    return "HEALTH" if task == HEALTH_TASK else "SOCIAL"


def may_act(
    representing: Iterable[RepresentativeCopy],
    denials: Iterable[GuardianDenialCopy],
    *,
    sector: str | None,
    today: date,
) -> bool:
    """Whether one of these lets its holder act for the client, in a sector or (None) in all matters.

    A guardian does not where the minor forbade it.
    """
    kept = {one.sector for one in denials if one.in_force}
    forbidden = bool(kept) if sector is None else sector in kept
    fitting = {"ALL", sector} if sector else {"ALL"}
    return any(
        one.acts_on(today) and one.matters in fitting and not (one.kind == GUARDIAN and forbidden)
        for one in representing
    )
