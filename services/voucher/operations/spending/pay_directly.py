"""Pay an allowance or capitation: available is spent, with a record of what for (PAYMENT-3)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.voucher.domain.purse.entries import HeldFor
from services.voucher.domain.purse.ledger import Account, Op, Source, SourceKind, positive
from services.voucher.domain.spending.direct_payment import (
    AlreadyPaid,
    DirectPayment,
    OrderedByPlan,
    PaymentKind,
    check_over,
)
from services.voucher.operations.purse.ledger import line_of
from services.voucher.operations.purse.posting import must_have, post_entry
from services.voucher.operations.purse.publish_finance import publish_finance
from services.voucher.storage.purse import lines as rows
from services.voucher.storage.spending import direct_payment as payments
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


def pay(session: Session, payment: DirectPayment, *, now: datetime) -> None:
    """DIRECT_SPEND on the line of its service in the year of its month; refuses as `pay_allowance` does."""
    line_id = line_of(session, service_code=payment.service_code, service_date=payment.month)
    line = rows.lock_lines(session, [line_id])[line_id]
    if payments.paid(session, payment):
        raise AlreadyPaid("the month is paid already")
    must_have(session, line, payment.service_code, payment.amount)
    payments.add_payment(session, payment)
    source = Source(SourceKind.DIRECT, payment.id)
    held = HeldFor(payment.client_id, payment.service_code)
    accounts, payee = (Account.AVAILABLE, Account.SPENT), payment.provider_id
    post_entry(session, line, source, Op.DIRECT_SPEND, accounts, payment.amount, held, now, provider_id=payee)
