"""County finance takes a payment back that was made in error (REDEMPTION-2)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.voucher.domain.claims.redemption import Redemption
from services.voucher.domain.claims.reversal import Reversal, ReversalReason, UnknownRedemption
from services.voucher.operations.claims.reversal import take_payment_back
from services.voucher.operations.vouchers.voucher import load_voucher, publish_vouchers
from services.voucher.storage.claims import redemption as rows


def reverse_redemption(
    session: Session, *, redemption_id: UUID, reason: ReversalReason, etag: str, subject: str, now: datetime
) -> Reversal:
    """SETTLED -> REVERSED; the provider's next batches keep back what was paid.

    Refuses with UnknownRedemption, VersionConflict, IllegalTransition when it is not paid, or BudgetExhausted when the
    voucher has a dearer provider now and the line lacks the difference.
    """
    found = session.get(Redemption, redemption_id)
    if found is None:
        raise UnknownRedemption("there is no such redemption")
    voucher = load_voucher(session, found.voucher_id)
    claim = rows.locked(session, redemption_id)
    check_etag(etag, claim.version)
    claim.require("reverse")
    made = take_payment_back(session, voucher, claim, reason=reason, subject=subject, now=now)
    publish_vouchers(session, voucher.client_id, now=now, posted=True)
    return made
