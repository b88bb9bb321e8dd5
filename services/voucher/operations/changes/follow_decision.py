"""A decision was changed: what was given on it is closed or cut for the future (DECISION-3, VOUCHER-13)."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.voucher.domain.changes.amendment import terms_of, within_decision
from services.voucher.domain.neighbours.client import DecisionCopy
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.reasons import RevokeReason
from services.voucher.domain.vouchers.states import LIVE, State
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.changes.revocation import take_away
from services.voucher.operations.changes.terms import change_terms
from services.voucher.operations.claims.reversal import overturn_claims
from services.voucher.operations.purse import ledger
from services.voucher.operations.vouchers.draft import discard_draft
from services.voucher.operations.vouchers.voucher import money_of, publish_vouchers
from services.voucher.storage.vouchers import voucher as rows
from sote.voucher.v1.events_pb2 import VoucherAmended


def follow_decision(session: Session, *, decision: DecisionCopy, rules: Rules, now: datetime) -> None:
    """Bring every voucher on the decision within it from its effective day on; days before stay payable.

    Call it after the decision's copy is kept. What it grants more is given by extending a voucher (VOUCHER-16), not
    here.
    """
    found = rows.ids_of(session, "decision_id", decision.decision_id, LIVE | {State.DRAFT})
    vouchers = rows.all_locked(session, found)
    ledger.lock_for(session, [money_of(voucher) for voucher in vouchers])
    changed = [voucher.client_id for voucher in vouchers if _follow(session, voucher, decision, rules, now)]
    for client_id in sorted(set(changed)):
        publish_vouchers(session, client_id, now=now, posted=True)


def _follow(session: Session, voucher: Voucher, decision: DecisionCopy, rules: Rules, now: datetime) -> bool:
    change = within_decision(voucher, decision)
    void = not decision.grants or change.valid_to < change.valid_from or not change.units
    if voucher.state is State.DRAFT:
        if void or change != terms_of(voucher):
            discard_draft(session, voucher, now=now)
        return True
    if void:
        cut_off = decision.last_day_before
        take_away(session, voucher, reason=RevokeReason.DECISION_CHANGED, cut_off=cut_off, rules=rules, now=now)
    elif change != terms_of(voucher):
        change_terms(session, voucher, change, command="amend", fact=VoucherAmended, now=now)
        overturn_claims(session, voucher, rules=rules, now=now)
    return True
