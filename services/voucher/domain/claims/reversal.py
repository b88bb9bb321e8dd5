"""A payment taken back: the correction of a settled claim, recovered from the provider's next batches
(SETTLEMENT-2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.kernel.refusal import Refusal


class ReversalReason(StrEnum):
    """Why a payment is taken back."""

    ERROR = "ERROR"
    FALSE_CLAIM = "FALSE_CLAIM"
    CLIENT_GONE = "CLIENT_GONE"


class UnknownRedemption(Refusal):
    """There is no such claim."""

    reason = "REDEMPTION_NOT_FOUND"
    rule = "REFUSAL-4"
    resource_type = "sote.voucher.v1.Redemption"


@dataclass(eq=False)
class Reversal:
    """What was paid in error for a claim, in cents, and how much of it later batches have kept back since."""

    id: UUID
    redemption_id: UUID
    voucher_id: UUID
    client_id: UUID
    provider_id: UUID
    reason: ReversalReason
    cents: int
    created_at: datetime
    created_by: str
    updated_at: datetime
    recovered: int = 0
    version: int = 1

    @property
    def open(self) -> int:
        """What the provider still owes, in cents."""
        return self.cents - self.recovered

    def recover(self, cents: int, *, now: datetime) -> None:
        """A batch keeps back so much of it."""
        self.recovered += cents
        self.updated_at = now


def recoveries(reversals: Iterable[Reversal], room: int) -> Sequence[tuple[Reversal, int]]:
    """How much of each reversal a batch of `room` cents keeps back, in the order given; never more than it pays.

    What finds no room is carried over to the batch after it.
    """
    parts: list[tuple[Reversal, int]] = []
    for reversal in reversals:
        part = min(room, reversal.open)
        if part > 0:
            parts.append((reversal, part))
            room -= part
    return parts
