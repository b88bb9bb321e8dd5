"""How deliveries become charges on a locked commitment, and how these are decided."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from services.voucher.domain.claims.paid_delivery import Payer
from services.voucher.domain.neighbours.plan import DeliveryCopy
from services.voucher.domain.spending.commitment import (
    Charge,
    ChargeState,
    Commitment,
    CommitmentState,
    RejectCode,
    charge_id_for,
)
from services.voucher.operations.purse.ledger import BudgetExhausted, Source, SourceKind, commit, cover, reserve, spend
from services.voucher.storage.claims.paid_delivery import free_delivery, take_delivery
from services.voucher.storage.neighbours.plan import deliveries_of_service
from services.voucher.storage.spending import commitment as commitments


def take_waiting(session: Session, commitment: Commitment, now: datetime) -> list[Charge]:
    """The charges for what was delivered before the commitment was there and nobody pays; decided once it has funds."""
    delivered = deliveries_of_service(session, commitment.plan_service_id)
    taken = [_take(session, delivery, now) for delivery in delivered]
    return [charge for charge in taken if charge is not None]


def charge_waiting(session: Session, commitment: Commitment, taken: Sequence[Charge], now: datetime) -> None:
    """Charge on the commitment what it has taken; the caller holds its lock."""
    for charge in taken:
        _charge(session, commitment, charge, now)


def decide_recorded(session: Session, *, commitment: Commitment, now: datetime) -> None:
    """Decide the charges that waited for funds, oldest first; the caller holds the commitment's lock."""
    for charge in commitment.charges:
        if charge.state is ChargeState.RECORDED:
            _decide(session, commitment, charge, now)
            commitments.save_charge(session, charge)
            _free_if_rejected(session, charge)


def _take(session: Session, delivery: DeliveryCopy, now: datetime) -> Charge | None:
    """The delivery's charge, which pays it from here on; None when it has one, or a voucher pays it (INV-06)."""
    if delivery.voucher_id is not None or commitments.delivery_charged(session, delivery.delivery_id):
        return None
    charge = Charge(
        id=charge_id_for(delivery.delivery_id),
        delivery_id=delivery.delivery_id,
        provider_id=delivery.provider_id,
        service_date=delivery.service_date,
        units=delivery.units,
        created_at=now,
    )
    return charge if take_delivery(session, delivery.delivery_id, Payer.CHARGE, charge.id) else None


def _charge(session: Session, commitment: Commitment, charge: Charge, now: datetime) -> None:
    _decide(session, commitment, charge, now)
    commitment.charges.append(charge)
    commitments.add_charge(session, commitment, charge)
    commitments.save_commitment(session, commitment)
    _free_if_rejected(session, charge)


def _free_if_rejected(session: Session, charge: Charge) -> None:
    if charge.state is ChargeState.REJECTED:
        free_delivery(session, charge.delivery_id, charge.id)


def _decide(session: Session, commitment: Commitment, charge: Charge, now: datetime) -> None:
    objection = commitment.objection(charge)
    if objection is None:
        bind = _bind_again if commitment.ended else _charge_year
        objection = bind(session, commitment, charge, now)
    commitment.decide(charge, objection, now)
    if charge.state is ChargeState.BOOKED and charge.amount:
        spend(
            session,
            source=_source(commitment),
            amount_cents=charge.amount,
            service_date=charge.service_date,
            provider_id=charge.provider_id,
            now=now,
        )


def _charge_year(session: Session, commitment: Commitment, charge: Charge, now: datetime) -> RejectCode | None:
    """The delivery falls on the year of its day, with what else is accepted and not paid in it (BUDGET-13)."""
    cents = commitment.unit_price * charge.units
    if commitment.state is CommitmentState.AWAITING_FUNDS or not cents:
        return None
    day = charge.service_date
    owed = cents + commitment.owed_by_year.get(day.year, 0)
    try:
        with session.begin_nested():
            cover(session, source=_source(commitment), amount_cents=owed, service_date=day, now=now)
    except BudgetExhausted:
        return RejectCode.BUDGET_EXHAUSTED
    return None


def _bind_again(session: Session, commitment: Commitment, charge: Charge, now: datetime) -> RejectCode | None:
    """The news of a delivery came after the commitment's end released its money: bind as much as it costs again."""
    cents = commitment.unit_price * charge.units
    if not cents:
        return None
    try:
        reserve(
            session,
            source=_source(commitment),
            client_id=commitment.client_id,
            service_code=commitment.service_code,
            amount_cents=cents,
            service_date=charge.service_date,
            now=now,
        )
    except BudgetExhausted:
        return RejectCode.BUDGET_EXHAUSTED
    commit(session, source=_source(commitment), amount_cents=cents, now=now)
    return None


def _source(commitment: Commitment) -> Source:
    return Source(SourceKind.COMMITMENT, commitment.id)
