"""Undo the vouchers of an enrolment that did not come into force (PROCESS-B5)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.reasons import RevokeReason
from services.voucher.domain.vouchers.states import LIVE
from services.voucher.operations.changes.revocation import take_away
from services.voucher.operations.purse.ledger import lock_for
from services.voucher.operations.vouchers.voucher import money_of, publish_vouchers
from services.voucher.storage.vouchers import voucher as rows


def revoke_for_enrolment(session: Session, *, enrolment_id: UUID, rules: Rules, now: datetime) -> None:
    """Revoke every open voucher of the enrolment as of today; what nobody can claim is released."""
    vouchers = rows.all_locked(session, rows.ids_of(session, "enrolment_id", enrolment_id, LIVE))
    lock_for(session, [money_of(voucher) for voucher in vouchers])
    today = helsinki_date(now)
    for voucher in vouchers:
        take_away(session, voucher, reason=RevokeReason.ENROLMENT_FAILED, cut_off=today, rules=rules, now=now)
    for client_id in sorted({voucher.client_id for voucher in vouchers}):
        publish_vouchers(session, client_id, now=now, posted=True)
