"""A delivery has one payer: a claim on a voucher, or a charge on a commitment (INV-06)."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Payer(StrEnum):
    """What can pay for a delivery."""

    REDEMPTION = "REDEMPTION"
    CHARGE = "CHARGE"


@dataclass(frozen=True)
class Payers:
    """How often a delivery stands as paid, and how many claims and charges pay for it."""

    delivery_id: UUID
    recorded: int
    paying: int
