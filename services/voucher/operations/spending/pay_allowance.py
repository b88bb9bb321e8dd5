"""An allowance is paid to a carer for a month that is over (PAYMENT-3)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.voucher.domain.purse.ledger import positive
from services.voucher.domain.spending.direct_payment import (
    DirectPayment,
    OrderedByPlan,
    PaymentKind,
    check_over,
)
from services.voucher.operations.purse.publish_finance import publish_finance
from services.voucher.operations.spending.direct_payment import pay
from services.voucher.storage.spending.commitment import ordered_for


def pay_allowance(
    session: Session,
    *,
    county: str,
    client_id: UUID,
    service_code: str,
    month: date,
    amount_cents: int,
    subject: str,
    today: date,
    now: datetime,
    new_id: UUID,
) -> DirectPayment:
    """Pay a client's carer the allowance of a month that is over.

    Refuses with MonthNotOver, AlreadyPaid, OrderedByPlan when a commitment books it, PostingRefused an amount not
    above zero, BudgetExhausted when the line has less or the year no budget for it.
    """
    check_over(month, today)
    if ordered_for(session, client_id=client_id, service_code=service_code, month=month):
        raise OrderedByPlan("the client's plan orders it for that month")
    payment = DirectPayment(
        id=new_id,
        county=county,
        kind=PaymentKind.ALLOWANCE,
        service_code=service_code,
        client_id=client_id,
        provider_id=None,
        month=month,
        units=1,
        unit_price=positive(amount_cents),
        created_at=now,
        created_by=subject,
        updated_at=now,
    )
    pay(session, payment, now=now)
    publish_finance(session, client_id=client_id, now=now)
    return payment
