"""Who may act where a client may: whoever represents the client in all matters (REPRESENTATIVE-2, CONSENT-7,
INV-14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

ACTING = frozenset({"GUARDIAN", "TRUSTEE", "AUTHORISED"})
GUARDIAN = "GUARDIAN"
ALL_MATTERS = "ALL"


@dataclass(frozen=True, kw_only=True)
class KnownRepresentative:
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


@dataclass(frozen=True, kw_only=True)
class KnownGuardianDenial:
    """A minor's word that keeps a guardian out of a sector."""

    consent_id: UUID
    client_id: UUID
    in_force: bool
    version: int


def may_act(
    representing: Iterable[KnownRepresentative], denials: Iterable[KnownGuardianDenial], *, today: date
) -> bool:
    """Whether one of these lets its holder act for the client in all matters, for a plan reaches over sectors.

    A guardian does not where the minor forbade it in any.
    """
    forbidden = any(one.in_force for one in denials)
    return any(
        one.acts_on(today) and one.matters == ALL_MATTERS and not (one.kind == GUARDIAN and forbidden)
        for one in representing
    )
