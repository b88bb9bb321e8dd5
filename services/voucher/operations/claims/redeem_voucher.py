"""A provider claims units of a recorded delivery: redeem (VOUCHER-7, VOUCHER-17), close after the last (VOUCHER-8),
claim late (VOUCHER-14)."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.values import money
from services.voucher.domain.claims.paid_delivery import Payer
from services.voucher.domain.claims.redemption import Redemption, RejectCode, contradiction
from services.voucher.domain.claims.rerouting import Reroute, claim_held, held_contradiction
from services.voucher.domain.money import Shares, client_may_pay
from services.voucher.domain.neighbours.plan import DeliveryCopy
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.refusals import DeliveryMissing, DuplicateClaim, NoRelationship
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.claims.free_held_units import release_unclaimable
from services.voucher.operations.claims.overturn_claims import days_of
from services.voucher.operations.purse import ledger
from services.voucher.operations.vouchers.tell_voucher import money_of, publish, tell_redemption, tell_voucher
from services.voucher.storage.claims import redemption as rows
from services.voucher.storage.claims.paid_delivery import is_paid, take_delivery
from services.voucher.storage.claims.reroute import reroutes_of
from services.voucher.storage.claims.shortfall import uncovered
from services.voucher.storage.neighbours import plan, provider
from services.voucher.storage.vouchers import voucher as rows_of_vouchers
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
    rules: Rules,
) -> Redemption:
    """Claim `units` (None: as delivered) at `unit_price` cents (None: as agreed); the money stays committed.

    A claim that contradicts the agreement is recorded as REJECTED with its code (PROCESS-A13); one that may be right
    but cannot be booked now is refused: DeliveryMissing, DuplicateClaim, UnitsExceeded, ValueExceeded
    (INV-06, INV-26). A former provider claims units held for it, for days before its cut-off, at its own price
    (VOUCHER-17).
    """
    voucher = rows_of_vouchers.locked(session, voucher_id)
    former = reroutes_of(session, voucher_id, provider_id)
    if voucher is None or (voucher.provider_id != provider_id and not former):
        raise NoRelationship("the voucher is not at this provider")
    voucher.require("claim_held" if former else voucher.claim_command)
    delivery = plan.find_delivery(session, delivery_id)
    if delivery is None:
        raise DeliveryMissing("no such delivery is recorded here")
    if is_paid(session, delivery_id):
        raise DuplicateClaim("the delivery is claimed or charged already")
    left = _terms_on(voucher, former, delivery.service_date, provider_id)
    refused = days_of(session, [voucher], rules)[voucher.id].refuses(voucher, delivery.service_date)
    redemption, code = _checked(session, voucher, delivery, left, refused, units, unit_price, subject, now, new_id)
    if code is None:
        _take(session, voucher, redemption, left, now)
    else:
        _reject(session, redemption, code, now)
    publish(session, voucher.client_id, now=now, posted=code is None)
    return redemption


def _terms_on(voucher: Voucher, former: Sequence[Reroute], day: date, provider_id: UUID) -> Reroute | None:
    """The re-route whose held units a claim of that day is for; None: the present provider's own terms."""
    inside = [one for one in former if one.first_day <= day < one.cut_off]
    if inside:
        return inside[-1]
    return None if voucher.provider_id == provider_id else former[-1]


def _checked(
    session: Session,
    voucher: Voucher,
    delivery: DeliveryCopy,
    left: Reroute | None,
    refused: RejectCode | None,
    units: int | None,
    unit_price: int | None,
    subject: str,
    now: datetime,
    new_id: UUID,
) -> tuple[Redemption, RejectCode | None]:
    """The claim as recorded, and what in it contradicts the terms of the present or the former provider."""
    asked, today = units or delivery.units, helsinki_date(now)
    terms: Reroute | Voucher = left or voucher
    price = unit_price if unit_price is not None else terms.agreed_price or 0
    contract = provider.find_contract(session, terms.contract_id) if terms.contract_id else None
    if left is None:
        code = contradiction(voucher, delivery, contract, refused=refused, units=asked, unit_price=price, today=today)
        claimant = voucher.provider_id or delivery.provider_id
        parts = voucher.split(price=price, units=asked)
    else:
        code = held_contradiction(
            voucher, left, delivery, contract, refused=refused, units=asked, unit_price=price, today=today
        )
        claimant = left.provider_id
        parts = left.split(units=asked) if price == left.agreed_price else voucher.split(price=price, units=asked)
    recorded = _recorded(voucher, delivery, claimant, asked, price, parts, subject, now, new_id)
    recorded.contract_id = terms.contract_id
    return recorded, code


def _recorded(
    voucher: Voucher,
    delivery: DeliveryCopy,
    claimant: UUID,
    units: int,
    price: int,
    parts: Shares,
    subject: str,
    now: datetime,
    new_id: UUID,
) -> Redemption:
    return Redemption(
        id=new_id,
        county_scheme=voucher.county_scheme,
        county_code=voucher.county_code,
        voucher_id=voucher.id,
        client_id=voucher.client_id,
        provider_id=claimant,
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
        client_pays=client_may_pay(voucher.regime, voucher.fee_rule),
    )


def _take(session: Session, voucher: Voucher, redemption: Redemption, left: Reroute | None, now: datetime) -> None:
    if left is None:
        voucher.redeem(units=redemption.units, price=redemption.unit_price, now=now)
    else:
        claim_held(voucher, left, units=redemption.units, now=now)
    redemption.accept(now=now)
    if not take_delivery(session, redemption.delivery_id, Payer.REDEMPTION, redemption.id):
        raise DuplicateClaim("the delivery is claimed or charged already")
    session.add(redemption)
    _charge_year(session, voucher, redemption, now)
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
        release_unclaimable(session, voucher, now)


def _charge_year(session: Session, voucher: Voucher, redemption: Redemption, now: datetime) -> None:
    """The claim falls on the year of its day of service, with what else is claimed and not paid in it (BUDGET-13).

    Only when the year has less than that are lines locked, so that claims do not queue for them.
    """
    session.flush()
    source, day = money_of(voucher), redemption.service_date
    if uncovered(session, voucher.id, day.year) <= 0:
        return
    line_id = ledger.line_of(session, service_code=voucher.service_code, service_date=day)
    ledger.lock_for(session, [source], [line_id])
    owed = rows.unsettled_by_year(session, voucher.id)[day.year]
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
    tell_redemption(session, redemption, rejected)
