"""The client's choice: when it may be made, which providers may be chosen, and the neutral list of them (S1.12)."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from services.voucher.domain.money import Regime, price_fits, shares
from services.voucher.domain.neighbours.provider import ContractCopy, ContractLine, ProviderCopy, UnitCopy
from services.voucher.domain.vouchers.offer import Offer
from services.voucher.domain.vouchers.refusals import (
    GuidanceRequired,
    NoActiveContract,
    NoCapacity,
    NoServiceLine,
    OutsideValidity,
    PriceAboveValue,
    ProviderNotApproved,
    SupportRequired,
)

SUPPORT = "SUPPORT"


@dataclass(frozen=True)
class Wanted:
    """What a provider must be able to give: the part of a voucher its choice depends on; cents a unit."""

    voucher_id: UUID
    service_code: str
    units: int
    first_day: date
    last_day: date
    regime: Regime
    unit_value: int
    fee_rule: str


@dataclass(frozen=True)
class Occupancy:
    """How many clients hold a place now: by contract, for the service asked; and by unit.

    `new_by_contract`: how many clients the contract took for the service in the calendar month of the choice.
    """

    by_contract: Mapping[UUID, int] = field(default_factory=dict)
    by_unit: Mapping[UUID, int] = field(default_factory=dict)
    new_by_contract: Mapping[UUID, int] = field(default_factory=dict)


def check_guidance(given: Iterable[tuple[str, date]], *, flagged: bool, valid_days: int, today: date) -> None:
    """Guidance for this very choice within `valid_days` (S1.12); SUPPORT for a client with a flag (S1.14).

    `given` is (kind, day) of each record for this voucher and client.
    """
    kinds = {kind for kind, day in given if today - timedelta(days=valid_days) <= day <= today}
    if not kinds:
        raise GuidanceRequired("the client has not been given guidance for this choice")
    if flagged and SUPPORT not in kinds:
        raise SupportRequired("this client must be given support in the choice")


def offer_of(
    wanted: Wanted,
    provider: ProviderCopy | None,
    contracts: Sequence[ContractCopy],
    occupancy: Occupancy,
    *,
    today: date,
    unit_id: UUID | None = None,
) -> Offer:
    """The best offer of the provider for what is wanted, at `unit_id` when told; else refuses, naming why
    (VOUCHER-4)."""
    if today > wanted.last_day:
        raise OutsideValidity("the voucher's last day is over")
    if provider is None or not provider.approved:
        raise ProviderNotApproved("the provider is not approved in this county")
    first = max(today, wanted.first_day)
    active = [c for c in contracts if c.state == "ACTIVE" and c.covers(first, wanted.last_day)]
    if not active:
        raise NoActiveContract("no active contract covers the whole period left")
    lines = [(contract, line) for contract in active for line in contract.lines if _serves(line, wanted, unit_id)]
    lines = [(contract, line) for contract, line in lines if _units(provider, line, unit_id)]
    if not lines:
        raise NoServiceLine("no contract has this service, at this unit, for vouchers")
    roomy = [(contract, line) for contract, line in lines if _room(provider, line, occupancy, unit_id)]
    if not roomy:
        raise NoCapacity("the provider takes no more clients for this service now")
    contract, line = min(roomy, key=lambda pair: (pair[1].unit_price_cents, pair[0].number, pair[0].contract_id))
    return _offer(wanted, provider, contract, line, occupancy, unit_id)


def neutral_order(voucher_id: UUID, offers: Iterable[Offer]) -> list[Offer]:
    """The offers in an order that depends on nothing but chance seeded by the voucher (INV-23)."""
    return sorted(offers, key=lambda offer: hashlib.sha256(voucher_id.bytes + offer.provider_id.bytes).digest())


def digest_of(offers: Iterable[Offer]) -> str:
    """SHA-256, hexadecimal, of the list as shown: providers in order with contract, units and prices."""
    lines = (
        "|".join(
            [
                str(offer.provider_id),
                str(offer.contract_id),
                ",".join(str(unit.unit_id) for unit in offer.units),
                f"{offer.unit_price}/{offer.county_share}/{offer.client_share}",
            ]
        )
        for offer in offers
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _serves(line: ContractLine, wanted: Wanted, unit_id: UUID | None) -> bool:
    at_unit = unit_id is None or not line.unit_ids or unit_id in line.unit_ids
    return line.voucher and line.service_code == wanted.service_code and at_unit


def _units(provider: ProviderCopy, line: ContractLine, unit_id: UUID | None) -> list[UnitCopy]:
    """The provider's units the line allows, or the one asked for."""
    return [
        unit
        for unit in provider.units
        if (not line.unit_ids or unit.unit_id in line.unit_ids) and unit_id in {None, unit.unit_id}
    ]


def _free(unit: UnitCopy, occupancy: Occupancy) -> bool:
    return not unit.capacity or occupancy.by_unit.get(unit.unit_id, 0) < unit.capacity


def _room(provider: ProviderCopy, line: ContractLine, occupancy: Occupancy, unit_id: UUID | None) -> bool:
    if line.capacity and occupancy.by_contract.get(line.contract_id, 0) >= line.capacity:
        return False
    monthly = line.max_new_clients_month
    if monthly and occupancy.new_by_contract.get(line.contract_id, 0) >= monthly:
        return False
    return any(_free(unit, occupancy) for unit in _units(provider, line, unit_id))


def _offer(
    wanted: Wanted,
    provider: ProviderCopy,
    contract: ContractCopy,
    line: ContractLine,
    occupancy: Occupancy,
    unit_id: UUID | None,
) -> Offer:
    price = line.unit_price_cents
    if not price_fits(wanted.regime, price=price, value=wanted.unit_value, fee_rule=wanted.fee_rule):
        raise PriceAboveValue("the price is above the voucher's value")
    parts = shares(wanted.regime, price=price, value=wanted.unit_value, units=1)
    free = sorted(
        (unit for unit in _units(provider, line, unit_id) if _free(unit, occupancy)), key=lambda unit: unit.code
    )
    return Offer(
        provider_id=provider.provider_id,
        contract_id=contract.contract_id,
        contract_version=contract.version,
        unit_price=price,
        county_share=parts.county,
        client_share=parts.client,
        units=tuple(free),
        unit_id=unit_id,
        line_unit_ids=line.unit_ids,
    )
