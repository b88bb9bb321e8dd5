"""A provider claims units of a recorded delivery: redeem (V7), close after the last unit (V8), claim late (V14)."""

from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.voucher.domain.money import shares
from services.voucher.domain.neighbours import DeliveryCopy
from services.voucher.domain.redemption import Redemption, RejectCode, contradiction
from services.voucher.domain.voucher import Voucher
from services.voucher.domain.voucher_refusals import DeliveryMissing, DuplicateClaim
from services.voucher.domain.voucher_states import after
from services.voucher.operations import ledger
from services.voucher.operations.load_voucher import load_own_voucher
from services.voucher.operations.tell_voucher import money_of, publish, tell_redemption, tell_voucher
from services.voucher.storage import redemption as rows
from services.voucher.storage.copies import plan, provider
from services.voucher.wire.basics import money
from sote.voucher.v1.events_pb2 import (
    RedemptionAccepted,
    RedemptionRejected,
    VoucherFullyRedeemed,
    VoucherRedeemed,
)


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
) -> Redemption:
    """Claim `units` (None: as delivered) at `unit_price` cents (None: as agreed); the money stays committed.

    A claim that contradicts the agreement is recorded as REJECTED with its code (A13); one that may be right but cannot
    be booked now is refused: DeliveryMissing, DuplicateClaim, UnitsExceeded, ValueExceeded (INV-06, INV-26).
    """
    voucher = load_own_voucher(session, voucher_id, provider_id)
    after(voucher.state, voucher.claim_command)
    delivery = plan.find_delivery(session, delivery_id)
    if delivery is None:
        raise DeliveryMissing("no such delivery is recorded here")
    if rows.claimed(session, delivery_id):
        raise DuplicateClaim("the delivery is claimed already")
    units = units or delivery.units
    price = unit_price if unit_price is not None else voucher.agreed_price or 0
    contract = provider.find_contract(session, voucher.contract_id) if voucher.contract_id else None
    code = contradiction(voucher, delivery, contract, units=units, unit_price=price, today=helsinki_date(now))
    redemption = _recorded(voucher, delivery, units, price, subject, now, new_id)
    if code is None:
        _take(session, voucher, redemption, now)
    else:
        _reject(session, redemption, code, now)
    publish(session, voucher.client_id, now=now, posted=code is None)
    return redemption


def _recorded(
    voucher: Voucher, delivery: DeliveryCopy, units: int, price: int, subject: str, now: datetime, new_id: UUID
) -> Redemption:
    parts = shares(voucher.regime, price=price, value=voucher.unit_value, units=units)
    return Redemption(
        id=new_id,
        county_scheme=voucher.county_scheme,
        county_code=voucher.county_code,
        voucher_id=voucher.id,
        client_id=voucher.client_id,
        provider_id=delivery.provider_id if voucher.provider_id is None else voucher.provider_id,
        service_code=voucher.service_code,
        delivery_id=delivery.delivery_id,
        service_date=delivery.service_date,
        units=units,
        unit_price=price,
        county_share=parts.county,
        client_share=parts.client,
        created_at=now,
        created_by=subject,
        updated_at=now,
    )


def _take(session: Session, voucher: Voucher, redemption: Redemption, now: datetime) -> None:
    voucher.redeem(units=redemption.units, price=redemption.unit_price, now=now)
    redemption.accept(now=now)
    session.add(redemption)
    redeemed = partial(VoucherRedeemed, redemption_id=str(redemption.id), units=redemption.units)
    tell_voucher(session, voucher, redeemed)
    accepted = RedemptionAccepted(
        redemption_id=str(redemption.id),
        voucher_id=str(voucher.id),
        provider_id=str(redemption.provider_id),
        county_share=money(redemption.county_share),
    )
    tell_redemption(session, redemption, accepted)
    if voucher.complete(now=now):
        tell_voucher(session, voucher, VoucherFullyRedeemed)
        _release_remainder(session, voucher, now)


def _reject(session: Session, redemption: Redemption, code: RejectCode, now: datetime) -> None:
    redemption.reject(code, now=now)
    session.add(redemption)
    rejected = RedemptionRejected(
        redemption_id=str(redemption.id),
        voucher_id=str(redemption.voucher_id),
        provider_id=str(redemption.provider_id),
        reject_code=code.value,
    )
    tell_redemption(session, redemption, rejected)


def _release_remainder(session: Session, voucher: Voucher, now: datetime) -> None:
    """With every unit redeemed nothing is owed but the claims that are not paid (V8)."""
    source = money_of(voucher)
    remainder = ledger.balance_of(session, source).bound - rows.unsettled_cents(session, voucher.id)
    if remainder > 0:
        ledger.release(session, source=source, amount_cents=remainder, now=now)
