"""Pay direct-choice providers for the clients who chose them: each ended month once (PAYMENT-1)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.voucher.domain.purse.ledger import BudgetExhausted
from services.voucher.domain.spending.direct_payment import DirectPayment, Due, PaymentKind
from services.voucher.operations.spending.direct_payment import pay
from services.voucher.storage.spending import direct_payment as payments
from services.voucher.storage.spending.work import finish_capitation, open_capitation

AT_ONCE = 50


def pay_capitation(session: Session, *, county: str, prices: Mapping[str, int], now: datetime) -> int:
    """Pay what is due for months that are over, at most fifty payments; gives how many.

    `prices` are cents for a client and month, by kind of choice; a kind without one is not paid. A client counts where
    the choice was in force on the first day of the month. A line that has not enough leaves it unpaid, with a work
    item for county finance, and it is tried again.
    """
    last = (helsinki_date(now).replace(day=1) - timedelta(days=1)).replace(day=1)
    due = payments.capitation_due(session, kinds=[kind for kind in prices if prices[kind]], last=last, limit=AT_ONCE)
    return sum(_paid(session, capitation, county, prices[capitation.kind], now) for capitation in due)


def _paid(session: Session, due: Due, county: str, price: int, now: datetime) -> bool:
    payment = DirectPayment(
        id=due.payment_id,
        county=county,
        kind=PaymentKind.CAPITATION,
        service_code=due.service_code,
        client_id=None,
        provider_id=due.provider_id,
        month=due.month,
        units=due.clients,
        unit_price=price,
        created_at=now,
        created_by="capitation",
        updated_at=now,
    )
    try:
        with session.begin_nested():
            pay(session, payment, now=now)
    except BudgetExhausted as refusal:
        open_capitation(session, payment, reason=refusal.reason, now=now)
        return False
    finish_capitation(session, payment, now=now)
    return True
