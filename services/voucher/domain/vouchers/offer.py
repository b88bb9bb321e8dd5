"""What a provider offers for a voucher: its contract, unit and price."""

from dataclasses import dataclass
from uuid import UUID

from services.voucher.domain.neighbours.provider import UnitCopy


@dataclass(frozen=True)
class Offer:
    """What choosing a provider would mean; cents a unit. `unit_id` None leaves the unit to the provider.

    `line_unit_ids` are the units the contract's line is for; none means every unit.
    """

    provider_id: UUID
    contract_id: UUID
    contract_version: int
    unit_price: int
    county_share: int
    client_share: int
    units: tuple[UnitCopy, ...]
    unit_id: UUID | None = None
    line_unit_ids: tuple[UUID, ...] = ()
