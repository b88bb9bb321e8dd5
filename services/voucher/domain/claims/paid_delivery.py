"""A delivery has one payer: a claim on a voucher, or a charge on a commitment (INV-06)."""

from enum import StrEnum


class Payer(StrEnum):
    """What can pay for a delivery."""

    REDEMPTION = "REDEMPTION"
    CHARGE = "CHARGE"
