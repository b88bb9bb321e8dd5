"""Undo the vouchers of an enrolment that did not come into force (B5)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.voucher.domain.rules import Rules
from services.voucher.domain.voucher_reasons import RevokeReason
from services.voucher.operations.load_voucher import load_voucher
from services.voucher.operations.revoke_voucher import take_away
from services.voucher.operations.tell_voucher import publish
from services.voucher.storage import voucher as rows


def revoke_for_enrolment(session: Session, *, enrolment_id: UUID, rules: Rules, now: datetime) -> None:
    """Revoke every open voucher of the enrolment as of today; what nobody can claim is released."""
    for voucher_id in rows.open_of_enrolment(session, enrolment_id):
        voucher = load_voucher(session, voucher_id)
        today = helsinki_date(now)
        take_away(session, voucher, reason=RevokeReason.ENROLMENT_FAILED, cut_off=today, rules=rules, now=now)
        publish(session, voucher.client_id, now=now, posted=True)
