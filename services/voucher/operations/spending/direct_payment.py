"""How a direct payment is made: available is spent, with a record of what for (PAYMENT-3)."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.voucher.domain.purse.entries import HeldFor
from services.voucher.domain.purse.ledger import Account, Op, Source, SourceKind
from services.voucher.domain.spending.direct_payment import (
    AlreadyPaid,
    DirectPayment,
)
from services.voucher.operations.purse.ledger import line_of
from services.voucher.operations.purse.posting import must_have, post_entry
from services.voucher.storage.purse import lines as rows
from services.voucher.storage.spending import direct_payment as payments


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
