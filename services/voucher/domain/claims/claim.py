"""A claim on a voucher before it is recorded: whose terms it falls under, its price, and what speaks against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.voucher.domain.claims.redemption import Redemption, RejectCode
from services.voucher.domain.claims.rerouting import Reroute, RerouteCause, claim_held
from services.voucher.domain.money import Shares, client_may_pay
from services.voucher.domain.neighbours.plan import DeliveryCopy
from services.voucher.domain.neighbours.provider import ContractCopy
from services.voucher.domain.vouchers.voucher import Voucher

NEVER_IN_FORCE = frozenset({"DRAFT", "CONDITIONS_ACCEPTED", "WITHDRAWN"})


@dataclass(frozen=True)
class Claim:
    """Units of a delivery claimed on a voucher at a price in cents a unit.

    Two sets of terms are possible: the voucher's own, of the provider it is at; or those of a re-route (`held`), for a
    provider that the voucher left with units held for it.
    """

    voucher: Voucher
    delivery: DeliveryCopy
    held: Reroute | None
    units: int
    price: int

    @property
    def terms(self) -> Voucher | Reroute:
        """What was agreed: price, contract, provider and the end of the claim window."""
        return self.held or self.voucher

    @property
    def shares(self) -> Shares:
        """What county and client pay of it."""
        if self.held is not None and self.price == self.held.agreed_price:
            return self.held.split(units=self.units)
        return self.voucher.split(price=self.price, units=self.units)

    def contradiction(
        self, contract: ContractCopy | None, *, refused: RejectCode | None = None, today: date
    ) -> RejectCode | None:
        """What in it contradicts the agreement, in the order of PROCESS-A13; None when nothing does.

        `refused` is what speaks against its day whoever served it (`ServiceDays`). How many units and how much value
        are left is not asked here: that is no contradiction but a matter of who came first, and `take` refuses it.
        """
        if not self._delivered():
            return RejectCode.WRONG_SERVICE
        if self._left_with_its_contract():
            return RejectCode.NO_CONTRACT
        if refused is not None:
            return refused
        if not self._in_its_days():
            return RejectCode.EXPIRED
        if contract is None or not self._pays(contract):
            return RejectCode.NO_CONTRACT
        if self.units > self.delivery.units:
            return RejectCode.OVER_UNITS
        if self.price != self.terms.agreed_price:
            return RejectCode.PRICE
        return RejectCode.LATE_CLAIM if today > self.terms.claim_until else None

    def take(self, *, now: datetime) -> None:
        """Take the units: VOUCHER-7 or VOUCHER-17; refuses beyond units or value (INV-06)."""
        if self.held is None:
            self.voucher.redeem(units=self.units, price=self.price, now=now)
        else:
            claim_held(self.voucher, self.held, units=self.units, now=now)

    def recorded(self, redemption_id: UUID, *, by: str, now: datetime) -> Redemption:
        """The redemption that it becomes, still to be accepted or rejected."""
        voucher, delivery, shares = self.voucher, self.delivery, self.shares
        return Redemption(
            id=redemption_id,
            county_scheme=voucher.county_scheme,
            county_code=voucher.county_code,
            voucher_id=voucher.id,
            client_id=voucher.client_id,
            provider_id=self.terms.provider_id or delivery.provider_id,
            contract_id=self.terms.contract_id,
            service_code=voucher.service_code,
            delivery_id=delivery.delivery_id,
            service_date=delivery.service_date,
            units=self.units,
            unit_price=self.price,
            county_share=shares.county,
            client_share=shares.client,
            client_pays=client_may_pay(voucher.regime, voucher.fee_rule),
            created_at=now,
            created_by=by,
            updated_at=now,
        )

    def _delivered(self) -> bool:
        """S2.18: of this service in a way its content asks for, to this client, by this provider, on this voucher.

        A delivery that names no voucher counts for the one of its planned service.
        """
        voucher, delivery = self.voucher, self.delivery
        planned = voucher.plan_service_id is not None and delivery.plan_service_id == voucher.plan_service_id
        return (
            delivery.service_code == voucher.service_code
            and voucher.content_spec.fits(delivery.mode)
            and delivery.client_id == voucher.client_id
            and delivery.provider_id == self.terms.provider_id
            and (delivery.voucher_id == voucher.id or (planned and delivery.voucher_id is None))
        )

    def _left_with_its_contract(self) -> bool:
        """The voucher left because of the contract, which pays nothing from the cut-off on (STORY-3)."""
        held, day = self.held, self.delivery.service_date
        return held is not None and held.cause is RerouteCause.CONTRACT and day >= held.cut_off

    def _in_its_days(self) -> bool:
        voucher, held, day = self.voucher, self.held, self.delivery.service_date
        if held is None:
            return voucher.first_service_day <= day <= voucher.last_service_day
        return held.first_day <= day < held.cut_off and day <= voucher.last_service_day

    def _pays(self, contract: ContractCopy) -> bool:
        """The contract paid that day (INV-05); for held units also one suspended or ended since."""
        day = self.delivery.service_date
        if self.held is None:
            return contract.pays_on(day)
        return contract.state not in NEVER_IN_FORCE and contract.covers(day, day)


def claim_of(
    voucher: Voucher, former: Sequence[Reroute], delivery: DeliveryCopy, *, units: int | None, price: int | None
) -> Claim:
    """The claim of the delivery's provider: `units` (None: as delivered) at `price` cents (None: as agreed).

    `former` are the re-routes by which the voucher left the claimant, oldest first. One whose days hold the day of
    service gives the terms; else those of the present provider count, where that is who claims.
    """
    day = delivery.service_date
    inside = [reroute for reroute in former if reroute.first_day <= day < reroute.cut_off]
    held = inside[-1] if inside else None
    if held is None and former and former[-1].provider_id != voucher.provider_id:
        held = former[-1]
    agreed = (held or voucher).agreed_price or 0
    return Claim(voucher, delivery, held, units or delivery.units, agreed if price is None else price)
