"""Who sees what of vouchers: the rows of the county's matrix that are this service's own (ACCESS-3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class MoneySight(StrEnum):
    """How much of a voucher's money a role sees, of vouchers that are not its own."""

    FULL = "FULL"
    TOTALS = "TOTALS"
    NONE = "NONE"


MONEY: Mapping[str, MoneySight] = {
    "CSW": MoneySight.FULL,
    "CSP": MoneySight.TOTALS,
    "HOP": MoneySight.TOTALS,
    "HSP": MoneySight.NONE,
    "PRV": MoneySight.FULL,
    "FIN": MoneySight.FULL,
    "CON": MoneySight.TOTALS,
    "CLI": MoneySight.FULL,
    "SYS": MoneySight.FULL,
}
"""Row "voucher money, redemptions"; a role that is not here sees none. What is confined to its own is so by Scope."""
CONTENT_SUMMARY = frozenset({"HSP", "CON"})
"""Row "voucher content, state, units": these see state and units, not what is to be done."""
OWN_REDEMPTIONS = frozenset({"PRV", "HSP"})
"""Who sees no redemptions but those of the own organisation."""


@dataclass(frozen=True)
class Scope:
    """A reader: confined to a provider's own, a client's own, or to nothing of the kind (None, None).

    `organisation` is a provider the reader works for: what is at it the reader sees whole.
    """

    role: str
    provider_id: UUID | None = None
    client_id: UUID | None = None
    organisation: UUID | None = None

    def money(self, provider_id: UUID | None) -> MoneySight:
        """How much money the reader sees of something at this provider."""
        own = self.organisation is not None and self.organisation == provider_id
        return MoneySight.FULL if own else MONEY.get(self.role, MoneySight.NONE)

    def content(self, provider_id: UUID | None) -> bool:
        """Whether the reader sees what is to be done, of a voucher at this provider."""
        own = self.organisation is not None and self.organisation == provider_id
        return own or self.role not in CONTENT_SUMMARY

    @property
    def own_redemptions(self) -> UUID | None:
        """The provider whose redemptions alone the reader sees; None: all."""
        return self.organisation if self.role in OWN_REDEMPTIONS else None
