"""A provider claims units of a recorded delivery on a voucher (VOUCHER-7, VOUCHER-14, VOUCHER-17)."""

from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.values import money
from services.voucher.domain.claims.claim import Claim, claim_of
from services.voucher.domain.claims.paid_delivery import Payer
from services.voucher.domain.claims.redemption import Redemption, RejectCode
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.refusals import DeliveryMissing, DuplicateClaim, NoRelationship
from services.voucher.operations.claims.held_units import release_unclaimable
from services.voucher.operations.claims.redemption import announce_redemption
from services.voucher.operations.claims.service_days import days_of
from services.voucher.operations.purse import ledger
from services.voucher.operations.vouchers.voucher import announce_voucher, money_of, publish_vouchers
from services.voucher.storage.claims import redemption as redemptions
from services.voucher.storage.claims.paid_delivery import is_paid, take_delivery
from services.voucher.storage.claims.reroute import reroutes_of
from services.voucher.storage.claims.shortfall import uncovered
from services.voucher.storage.neighbours.plan import find_delivery
from services.voucher.storage.neighbours.provider import find_contract
from services.voucher.storage.vouchers import voucher as vouchers
from sote.voucher.v1.events_pb2 import RedemptionAccepted, RedemptionRejected, VoucherFullyRedeemed, VoucherRedeemed


def redeem_voucher(
    session: Session,
    *,
    voucher_id: UUID,
    delivery_id: UUID,
    units: int | None,
    unit_price: int | None,
    provider_id: UUID,
    subject: str,
    now: datetime,
    new_id: UUID,
    rules: Rules,
) -> Redemption:
    """Claim `units` (None: as delivered) at `unit_price` cents (None: as agreed); the money stays committed.

    A claim that contradicts the agreement is recorded as REJECTED with its code (PROCESS-A13). One that may be right
    but cannot be booked now is refused: DeliveryMissing, DuplicateClaim, UnitsExceeded, ValueExceeded (INV-06, INV-26).
    """
    claim = _claim(session, voucher_id, delivery_id, provider_id, units, unit_price)
    contract = find_contract(session, claim.terms.contract_id) if claim.terms.contract_id else None
    refused = days_of(session, [claim.voucher], rules)[voucher_id].refuses(claim.voucher, claim.delivery.service_date)
    code = claim.contradiction(contract, refused=refused, today=helsinki_date(now))
    redemption = claim.recorded(new_id, by=subject, now=now)
    if code is None:
        _accept(session, claim, redemption, now)
    else:
        _reject(session, redemption, code, now)
    publish_vouchers(session, claim.voucher.client_id, now=now, posted=code is None)
    return redemption


def _claim(
    session: Session, voucher_id: UUID, delivery_id: UUID, provider_id: UUID, units: int | None, price: int | None
) -> Claim:
    """What the provider claims, on the locked voucher; refuses what cannot be claimed by it, or by anybody."""
    voucher = vouchers.locked(session, voucher_id)
    former = reroutes_of(session, voucher_id, provider_id)
    if voucher is None or (voucher.provider_id != provider_id and not former):
        raise NoRelationship("the voucher is not at this provider")
    voucher.require("claim_held" if former else voucher.claim_command)
    delivery = find_delivery(session, delivery_id)
    if delivery is None:
        raise DeliveryMissing("no such delivery is recorded here")
    if is_paid(session, delivery_id):
        raise DuplicateClaim("the delivery is claimed or charged already")
    return claim_of(voucher, former, delivery, units=units, price=price)


def _accept(session: Session, claim: Claim, redemption: Redemption, now: datetime) -> None:
    """The units are taken and owed; after the last unit the voucher closes (VOUCHER-8)."""
    voucher = claim.voucher
    claim.take(now=now)
    redemption.accept(now=now)
    if not take_delivery(session, redemption.delivery_id, Payer.REDEMPTION, redemption.id):
        raise DuplicateClaim("the delivery is claimed or charged already")
    session.add(redemption)
    _charge_year(session, claim, redemption, now)
    announce_voucher(session, voucher, partial(VoucherRedeemed, redemption_id=str(redemption.id), units=claim.units))
    accepted = RedemptionAccepted(
        redemption_id=str(redemption.id),
        voucher_id=str(voucher.id),
        provider_id=str(redemption.provider_id),
        county_share=money(redemption.county_share),
    )
    announce_redemption(session, redemption, accepted)
    if voucher.complete(now=now):
        announce_voucher(session, voucher, VoucherFullyRedeemed)
        release_unclaimable(session, voucher, now)


def _charge_year(session: Session, claim: Claim, redemption: Redemption, now: datetime) -> None:
    """The claim falls on the year of its day of service, with what else is claimed and not paid in it (BUDGET-13).

    Only when the year has less than that are lines locked, so that claims do not queue for them.
    """
    session.flush()
    voucher, source, day = claim.voucher, money_of(claim.voucher), redemption.service_date
    if uncovered(session, voucher.id, day.year) <= 0:
        return
    line_id = ledger.line_of(session, service_code=voucher.service_code, service_date=day)
    ledger.lock_for(session, [source], [line_id])
    owed = redemptions.unsettled_by_year(session, voucher.id)[day.year]
    ledger.cover(session, source=source, amount_cents=owed, service_date=day, now=now)


def _reject(session: Session, redemption: Redemption, code: RejectCode, now: datetime) -> None:
    redemption.reject(code, now=now)
    session.add(redemption)
    rejected = RedemptionRejected(
        redemption_id=str(redemption.id),
        voucher_id=str(redemption.voucher_id),
        provider_id=str(redemption.provider_id),
        reject_code=code.value,
    )
    announce_redemption(session, redemption, rejected)
