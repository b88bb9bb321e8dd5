"""Drafts that nobody issued are discarded by the clock."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.states import State
from services.voucher.operations.vouchers.draft import discard_draft
from services.voucher.operations.vouchers.voucher import publish_vouchers
from services.voucher.storage.vouchers import voucher as rows

AT_ONCE = 50


def discard_old_drafts(session: Session, *, rules: Rules, now: datetime) -> int:
    """Discard drafts older than `draft_days`, or whose last day is over, at most fifty; gives how many."""
    before, today = now - timedelta(days=rules.draft_days), helsinki_date(now)
    clients = []
    for voucher_id in rows.old_drafts(session, before=before, today=today, limit=AT_ONCE):
        draft = rows.locked_if_free(session, voucher_id)
        if draft is not None and draft.state is State.DRAFT:
            clients.append(draft.client_id)
            discard_draft(session, draft, now=now)
    for client_id in sorted(set(clients)):
        publish_vouchers(session, client_id, now=now, posted=False)
    return len(clients)
