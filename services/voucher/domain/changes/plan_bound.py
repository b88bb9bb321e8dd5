"""What a new version of the plan does to a voucher: kept, amended, reviewed by a person or revoked with notice
(PLANBOUND-1)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from services.kernel.care import Arrangement
from services.voucher.domain.changes.amendment import Change, terms_of
from services.voucher.domain.neighbours.client import DecisionCopy
from services.voucher.domain.neighbours.plan_line import LineVersion
from services.voucher.domain.vouchers.voucher import Voucher


class Verdict(StrEnum):
    """What becomes of the voucher: kept as it is (PLANBOUND-2), amended as the line says (PLANBOUND-3), looked at by a
    person (PLANBOUND-4), or revoked with days of notice (PLANBOUND-5)."""

    KEEP = "KEEP"
    AMEND = "AMEND"
    REVIEW = "REVIEW"
    REVOKE = "REVOKE"


class ReviewCause(StrEnum):
    """Why a person has to look."""

    SERVICE_CHANGED = "SERVICE_CHANGED"
    ARRANGEMENT_CHANGED = "ARRANGEMENT_CHANGED"
    MODE_CHANGED = "MODE_CHANGED"
    PROVIDER_CHANGED = "PROVIDER_CHANGED"
    BEYOND_DECISION = "BEYOND_DECISION"
    OVERLAPPING_VOUCHER = "OVERLAPPING_VOUCHER"
    BUDGET_EXHAUSTED = "BUDGET_EXHAUSTED"
    VALUE_EXCEEDED = "VALUE_EXCEEDED"


@dataclass(frozen=True)
class Judgement:
    """The verdict, with the change of an AMEND, the cause of a REVIEW, the last day of a REVOKE."""

    verdict: Verdict
    change: Change | None = None
    cause: ReviewCause | None = None
    cut_off: date | None = None


def judge(
    voucher: Voucher, before: LineVersion | None, after: LineVersion, decision: DecisionCopy | None, *, notice_days: int
) -> Judgement:
    """Compare the line as the voucher was last judged by (None: as the voucher has it) with that of the new version.

    The same facts give the same judgement, whoever asks and however often.
    """
    if not after.planned:
        return Judgement(Verdict.REVOKE, cut_off=after.notice_ends(notice_days))
    before = before or _as_voucher(voucher, after)
    cause = _undecidable(voucher, before, after)
    if cause is not None:
        return Judgement(Verdict.REVIEW, cause=cause)
    change = Change(_units(voucher, before, after), _first(voucher, before, after), _last(voucher, before, after))
    if change.valid_to < change.valid_from:
        return Judgement(Verdict.REVOKE, cut_off=after.notice_ends(notice_days))
    if change == terms_of(voucher):
        return Judgement(Verdict.KEEP)
    if not within(decision, change, voucher):
        return Judgement(Verdict.REVIEW, cause=ReviewCause.BEYOND_DECISION)
    return Judgement(Verdict.AMEND, change=change)


def within(decision: DecisionCopy | None, change: Change, voucher: Voucher) -> bool:
    """Whether the decision grants what the change adds; what it takes away needs no decision."""
    if decision is None or not decision.grants:
        grows = change.units > voucher.units_granted or change.valid_to > voucher.valid_to
        return not grows and change.valid_from >= voucher.valid_from
    return (
        (change.units <= voucher.units_granted or change.units <= decision.units)
        and (change.valid_to <= voucher.valid_to or change.valid_to <= decision.to_date)
        and (change.valid_from >= voucher.valid_from or change.valid_from >= decision.from_date)
    )


def _as_voucher(voucher: Voucher, after: LineVersion) -> LineVersion:
    """The line as a voucher has it that was given before the plan was in force."""
    return LineVersion(
        plan_service_id=after.plan_service_id,
        major=0,
        since=after.since,
        planned=True,
        service_code=voucher.service_code,
        arrangement=Arrangement.VOUCHER,
        provider_id=voucher.provider_id,
        from_date=voucher.valid_from,
        to_date=voucher.valid_to,
        units=voucher.units_granted,
        modes=after.modes,
    )


def _undecidable(voucher: Voucher, before: LineVersion, after: LineVersion) -> ReviewCause | None:
    if after.service_code != voucher.service_code:
        return ReviewCause.SERVICE_CHANGED
    if after.arrangement != Arrangement.VOUCHER:
        return ReviewCause.ARRANGEMENT_CHANGED
    if set(after.modes) != set(before.modes):
        return ReviewCause.MODE_CHANGED
    if after.provider_id not in {None, before.provider_id, voucher.provider_id}:
        return ReviewCause.PROVIDER_CHANGED
    return None


def _units(voucher: Voucher, before: LineVersion, after: LineVersion) -> int:
    """Units follow the line where they did before, or where it plans fewer; never below those used."""
    used = voucher.units_redeemed + voucher.units_held
    followed = voucher.units_granted == max(before.units, used)
    if not after.units or (after.units >= voucher.units_granted and not followed):
        return voucher.units_granted
    return max(after.units, used)


def _first(voucher: Voucher, before: LineVersion, after: LineVersion) -> date:
    """The first day follows the line while nothing is used; later only to an earlier day."""
    if after.from_date == before.from_date or voucher.valid_from != before.from_date:
        return voucher.valid_from
    used = voucher.units_redeemed + voucher.units_held
    return min(voucher.valid_from, after.from_date) if used else after.from_date


def _last(voucher: Voucher, before: LineVersion, after: LineVersion) -> date:
    """The last day follows the line; what is over by the day of the new version stays as it was."""
    if after.to_date >= voucher.valid_to:
        return after.to_date if voucher.valid_to == before.to_date else voucher.valid_to
    return min(voucher.valid_to, max(after.to_date, after.since - timedelta(days=1)))
