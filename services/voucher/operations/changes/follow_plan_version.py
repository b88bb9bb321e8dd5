"""A MAJOR version of a plan came into force: each of its vouchers is kept, amended, reviewed or revoked
(PLANBOUND-1)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from services.voucher.domain.changes.plan_bound import Judgement, ReviewCause, Verdict, judge
from services.voucher.domain.neighbours.plan import PlanCopy
from services.voucher.domain.neighbours.plan_line import LineVersion, Pause
from services.voucher.domain.purse.ledger import BudgetExhausted
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.reasons import RevokeReason
from services.voucher.domain.vouchers.refusals import OverlappingVoucher, ValueExceeded
from services.voucher.domain.vouchers.states import LIVE, State
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.changes.revocation import take_away
from services.voucher.operations.changes.terms import change_terms
from services.voucher.operations.claims.reversal import overturn_claims
from services.voucher.operations.purse import ledger
from services.voucher.operations.vouchers.voucher import announce_voucher, money_of, publish_vouchers
from services.voucher.storage.changes import plan_verdict as verdicts
from services.voucher.storage.neighbours import client
from services.voucher.storage.neighbours import plan_line as plan_lines
from services.voucher.storage.vouchers import voucher as rows
from services.voucher.storage.vouchers import work
from sote.voucher.v1.events_pb2 import VoucherAmended, VoucherReviewRequested

GIVEN = LIVE | {State.CLOSING}


def follow_plan_version(
    session: Session, *, plan: PlanCopy, lines: Sequence[LineVersion], rules: Rules, now: datetime
) -> None:
    """Judge every voucher of the plan by the version `plan`, once; one judged by a newer version stays as it is.

    Call it after the plan's copy is kept. Claims for days on which the line was not in force are taken back, so that
    late news ends the same.
    """
    plan_lines.keep_lines(session, lines)
    vouchers = rows.all_locked(session, rows.ids_of(session, "plan_id", plan.plan_id, GIVEN))
    ledger.lock_for(session, [money_of(voucher) for voucher in vouchers])
    for voucher in vouchers:
        if voucher.plan_service_id is not None and voucher.state in LIVE:
            _follow(session, voucher, voucher.plan_service_id, plan, lines, rules, now)
        overturn_claims(session, voucher, rules=rules, now=now)
    if vouchers:
        publish_vouchers(session, plan.client_id, now=now, posted=True)


def follow_pause(session: Session, *, pause: Pause, rules: Rules, now: datetime) -> None:
    """The client is absent, or back: no service of the days between is paid (PLANSERVICE-4)."""
    plan_lines.keep_pause(session, pause)
    paused = rows.ids_of(session, "plan_service_id", pause.plan_service_id, list(State))
    for voucher in rows.all_locked(session, paused):
        if overturn_claims(session, voucher, rules=rules, now=now):
            publish_vouchers(session, voucher.client_id, now=now, posted=True)


def _follow(
    session: Session,
    voucher: Voucher,
    service_id: UUID,
    plan: PlanCopy,
    lines: Sequence[LineVersion],
    rules: Rules,
    now: datetime,
) -> None:
    judged_by = verdicts.judged_by(session, voucher.id)
    if plan.major <= judged_by:
        return
    known = {version.major: version for version in plan_lines.lines_of(session, [service_id])[service_id]}
    before = known.get(judged_by)
    after = next((line for line in lines if line.plan_service_id == service_id), None)
    if after is None and before is not None and lines:
        after = replace(before, major=plan.major, since=lines[0].since, planned=False)
        plan_lines.keep_lines(session, [after])
    if after is None:
        return
    decision = client.find_decision(session, voucher.decision_id)
    judgement = judge(voucher, before, after, decision, notice_days=rules.plan_notice_days)
    done = _carry_out(session, voucher, judgement, plan.major, rules, now)
    verdicts.add_verdict(session, voucher.id, plan.major, verdict=done.verdict, cause=done.cause, now=now)


def _carry_out(
    session: Session, voucher: Voucher, judgement: Judgement, major: int, rules: Rules, now: datetime
) -> Judgement:
    """Do what was judged; an amendment that is refused is left to a person. Gives what was done."""
    work.finish_reviews(session, voucher.id, now=now)
    if judgement.verdict is Verdict.REVOKE and judgement.cut_off is not None:
        cut_off = judgement.cut_off
        take_away(session, voucher, reason=RevokeReason.NEED_ENDED, cut_off=cut_off, rules=rules, now=now)
    if judgement.change is not None:
        try:
            with session.begin_nested():
                change_terms(session, voucher, judgement.change, command="amend", fact=VoucherAmended, now=now)
        except (BudgetExhausted, OverlappingVoucher, ValueExceeded) as refusal:
            session.refresh(voucher)
            judgement = Judgement(Verdict.REVIEW, cause=ReviewCause(refusal.reason))
    if judgement.cause is not None:
        work.open_review(session, voucher, major, reason=judgement.cause.value, now=now)
        rows.as_next_version(voucher)
        announce_voucher(session, voucher, partial(VoucherReviewRequested, plan_major=major))
    return judgement
