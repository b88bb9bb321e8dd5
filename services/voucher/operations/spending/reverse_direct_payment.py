"""Take a direct payment back: it was an error, nobody was entitled, or the clients were counted wrongly."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.voucher.domain.purse.ledger import Account, Source, SourceKind
from services.voucher.domain.spending.direct_payment import DirectPayment, DirectPaymentNotFound, ReversalReason
from services.voucher.operations.purse.ledger import reverse_spend
from services.voucher.operations.purse.publish_finance import publish_finance
from services.voucher.storage.spending import direct_payment as payments


def reverse_direct_payment(
    session: Session, *, payment_id: UUID, reason: ReversalReason, etag: str, now: datetime
) -> DirectPayment:
    """PAID -> REVERSED with REVERSE_SPEND to available; capitation of that month is counted and paid anew.

    Refuses with DirectPaymentNotFound, VersionConflict, or IllegalTransition when it is reversed already.
    """
    payment = payments.load_payment(session, payment_id)
    if payment is None:
        raise DirectPaymentNotFound("there is no such direct payment")
    check_etag(etag, payment.version)
    payment.reverse(reason, now)
    payments.save_payment(session, payment)
    reverse_spend(
        session,
        source=Source(SourceKind.DIRECT, payment.id),
        amount_cents=payment.amount,
        to=Account.AVAILABLE,
        service_date=payment.month,
        provider_id=payment.provider_id,
        now=now,
    )
    if payment.client_id is not None:
        publish_finance(session, client_id=payment.client_id, now=now)
    return payment
