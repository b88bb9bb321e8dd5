"""The client died, moved away or was merged into another record: everything given to her ends (PROCESS-D2)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.voucher.domain.changes.amendment import shorten
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.reasons import GONE, RevokeReason
from services.voucher.domain.vouchers.states import LIVE, State
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.changes.revocation import take_away
from services.voucher.operations.claims.reversal import overturn_claims
from services.voucher.operations.purse import ledger
from services.voucher.operations.vouchers.draft import discard_draft
from services.voucher.operations.vouchers.voucher import announce_voucher, money_of, publish_vouchers
from services.voucher.storage.vouchers import voucher as rows
from sote.voucher.v1.events_pb2 import VoucherRevoked


def end_for_client(
    session: Session, *, client_id: UUID, reason: RevokeReason, last_day: date, rules: Rules, now: datetime
) -> None:
    """Revoke each open voucher with `last_day` as its last day of service; claims for later days are taken back.

    Call it after the client's copy is kept, so that nothing is issued meanwhile. Another day told later corrects the
    first one where a voucher is still closing; what has ended stays ended (PROCESS-D8).
    """
    vouchers = rows.all_locked(session, rows.ids_of(session, "client_id", client_id, list(State)))
    ledger.lock_for(session, [money_of(voucher) for voucher in vouchers])
    for voucher in vouchers:
        _end(session, voucher, reason, last_day, rules, now)
    if vouchers:
        publish_vouchers(session, client_id, now=now, posted=True)


def _end(session: Session, voucher: Voucher, reason: RevokeReason, last_day: date, rules: Rules, now: datetime) -> None:
    if voucher.state is State.DRAFT:
        discard_draft(session, voucher, now=now)
        return
    if voucher.state in LIVE:
        take_away(session, voucher, reason=reason, cut_off=last_day, rules=rules, now=now)
        return
    if (last_day < voucher.last_service_day or voucher.revoke_reason in GONE) and shorten(voucher, last_day, now=now):
        voucher.revoke_reason = reason
        announce_voucher(session, voucher, VoucherRevoked)
    overturn_claims(session, voucher, last_day=last_day, rules=rules, now=now)
