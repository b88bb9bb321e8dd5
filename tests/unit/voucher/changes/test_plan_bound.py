"""What a new version of the plan does to a voucher (PLANBOUND-1), and that nothing is ever paid on a line not in
force."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.kernel.care import Arrangement
from services.kernel.refusal import IllegalTransition
from services.voucher.domain.changes.amendment import Change, amend
from services.voucher.domain.changes.plan_bound import Judgement, ReviewCause, Verdict, judge
from services.voucher.domain.claims.claim import Claim
from services.voucher.domain.claims.redemption import RejectCode
from services.voucher.domain.claims.service_days import ServiceDays
from services.voucher.domain.money import ValueKind
from services.voucher.domain.neighbours.client import DecisionCopy
from services.voucher.domain.neighbours.plan_line import LineVersion
from services.voucher.domain.vouchers.reasons import RevokeReason
from services.voucher.domain.vouchers.refusals import ValueExceeded
from services.voucher.domain.vouchers.states import LIVE, State
from services.voucher.domain.vouchers.voucher import Voucher
from tests.builders.voucher.plan_lines import LINE, NOTICE, line
from tests.builders.voucher.vouchers import (
    FIRST,
    LAST,
    NOW,
    OTHER,
    PROVIDER,
    SERVICE,
    contract,
    decision,
    delivery,
    voucher,
)

pytestmark = pytest.mark.unit

REVIEWED = date(2025, 3, 10)
WIDE = replace(decision(), units=40, from_date=date(2025, 1, 1), to_date=date(2025, 12, 31))


def after(**changes: Any) -> LineVersion:
    """The line in the second version."""
    return replace(line(2, REVIEWED), **changes)


def judged(one: Voucher, changed: LineVersion, before: LineVersion | None = None, **more: Any) -> Judgement:
    """By a decision that grants plenty."""
    grants: DecisionCopy | None = more.get("decision", WIDE)
    return judge(one, before or line(), changed, grants, notice_days=NOTICE)


def given_voucher(state: State = State.ACTIVE, **changes: Any) -> Voucher:
    """A voucher for the line as version 1 has it."""
    return voucher(state, plan_service_id=LINE, **changes)


def test_KEEP_where_only_other_lines_changed_PLANBOUND_2() -> None:
    assert judged(given_voucher(), after()).verdict is Verdict.KEEP
    assert judged(given_voucher(), after(provider_id=PROVIDER)).verdict is Verdict.KEEP


@pytest.mark.parametrize(
    ("changes", "change"),
    [
        ({"units": 20}, Change(20, FIRST, LAST)),
        ({"units": 5}, Change(5, FIRST, LAST)),
        ({"to_date": date(2025, 4, 30)}, Change(15, FIRST, date(2025, 4, 30))),
        ({"to_date": date(2025, 3, 20)}, Change(15, FIRST, date(2025, 3, 20))),
        ({"to_date": date(2025, 3, 2)}, Change(15, FIRST, date(2025, 3, 9))),
        ({"from_date": date(2025, 3, 15)}, Change(15, date(2025, 3, 15), LAST)),
    ],
)
def test_AMEND_what_can_be_followed_PLANBOUND_3(changes: dict[str, Any], change: Change) -> None:
    assert judged(given_voucher(), after(**changes)) == Judgement(Verdict.AMEND, change=change)


def test_AMEND_never_below_what_is_used_and_never_into_used_days_PLANBOUND_3() -> None:
    used = given_voucher(State.PARTIALLY_REDEEMED, units_redeemed=6, units_held=2)
    assert judged(used, after(units=5)).change == Change(8, FIRST, LAST)
    assert judged(used, after(from_date=date(2025, 3, 15))).verdict is Verdict.KEEP


def test_a_voucher_for_a_part_of_its_line_keeps_its_own_terms_until_the_line_falls_below_PLANBOUND_1() -> None:
    part = given_voucher(units_granted=10, valid_to=date(2025, 3, 20))
    assert judged(part, after(units=20, to_date=date(2025, 4, 30))).verdict is Verdict.KEEP
    assert judged(part, after(units=8, to_date=date(2025, 3, 18))).change == Change(8, FIRST, date(2025, 3, 18))


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({"service_code": "HLT-OT"}, ReviewCause.SERVICE_CHANGED),
        ({"arrangement": Arrangement.OWN}, ReviewCause.ARRANGEMENT_CHANGED),
        ({"modes": ("AT_HOME",)}, ReviewCause.MODE_CHANGED),
        ({"provider_id": OTHER}, ReviewCause.PROVIDER_CHANGED),
        ({"units": 41}, ReviewCause.BEYOND_DECISION),
        ({"to_date": date(2026, 1, 1)}, ReviewCause.BEYOND_DECISION),
        ({"from_date": date(2024, 12, 31)}, ReviewCause.BEYOND_DECISION),
    ],
)
def test_REVIEW_where_a_person_must_decide_PLANBOUND_4(changes: dict[str, Any], cause: ReviewCause) -> None:
    assert judged(given_voucher(), after(**changes)) == Judgement(Verdict.REVIEW, cause=cause)


def test_what_is_taken_away_needs_no_decision_PLANBOUND_1() -> None:
    rejected = replace(WIDE, outcome="REJECTED")
    assert judged(given_voucher(), after(units=5), decision=rejected).verdict is Verdict.AMEND
    assert judged(given_voucher(), after(units=16), decision=rejected).verdict is Verdict.REVIEW
    assert judged(given_voucher(), after(units=16), decision=None).cause is ReviewCause.BEYOND_DECISION


def test_REVOKE_with_notice_where_the_line_is_gone_or_over_before_it_begins_PLANBOUND_5() -> None:
    cut_off = REVIEWED + timedelta(days=NOTICE)
    assert judged(given_voucher(), after(planned=False)) == Judgement(Verdict.REVOKE, cut_off=cut_off)
    later = given_voucher(State.ISSUED, valid_from=date(2025, 3, 15))
    assert judged(later, after(to_date=date(2025, 3, 11))).verdict is Verdict.REVOKE


def test_a_voucher_given_before_the_plan_is_judged_by_its_own_terms_PLANBOUND_1() -> None:
    one = given_voucher(State.ISSUED)
    assert judge(one, None, line(), WIDE, notice_days=NOTICE).verdict is Verdict.KEEP
    assert judge(one, None, replace(line(), units=12), WIDE, notice_days=NOTICE).change == Change(12, FIRST, LAST)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("command", ["extend", "amend"])
def test_terms_change_only_while_a_voucher_is_live_VOUCHER_16_PLANBOUND_1(state: State, command: str) -> None:
    one = given_voucher(state)
    if state not in LIVE:
        with pytest.raises(IllegalTransition):
            amend(one, Change(16, FIRST, LAST), command=command, now=NOW)
        return
    more = amend(one, Change(16, FIRST, date(2025, 4, 10)), command=command, now=NOW)
    at_price = state in {State.RESERVED, State.ACTIVE, State.PARTIALLY_REDEEMED}
    assert more == (82_00 if at_price else 85_00)
    assert (one.state, one.units_granted, one.max_value, one.claim_until) == (state, 16, 16 * 85_00, date(2025, 5, 10))


def test_more_units_do_not_raise_a_ceiling_MONEY_3() -> None:
    tight = given_voucher(value_kind=ValueKind.CEILING_TOTAL, max_value=15 * 82_00)
    with pytest.raises(ValueExceeded):
        amend(tight, Change(16, FIRST, LAST), command="extend", now=NOW)
    assert (tight.units_granted, tight.max_value) == (15, 15 * 82_00)


days = st.dates(date(2025, 2, 20), date(2025, 4, 20))
revisions = st.lists(
    st.tuples(
        st.sampled_from(["units", "period", "service", "mode", "out", "other"]),
        st.integers(1, 30),
        days,
        st.integers(0, 40),
        st.integers(0, 9),
    ),
    max_size=6,
)


def revised(previous: LineVersion, revision: tuple[str, int, date, int, int]) -> LineVersion:
    """The next version of the line; what is left out never comes back."""
    kind, units, first, length, wait = revision
    changes: dict[str, Any] = {"major": previous.major + 1, "since": previous.since + timedelta(days=wait)}
    match kind:
        case "units":
            changes |= {"units": units}
        case "period":
            changes |= {"from_date": first, "to_date": first + timedelta(days=length)}
        case "service":
            changes |= {"service_code": "HLT-OT" if previous.service_code == SERVICE else SERVICE}
        case "mode":
            changes |= {"modes": (str(units),)}
        case "out":
            changes |= {"planned": False}
    return replace(previous, **changes)


def stood(versions: list[LineVersion], day: date) -> bool:
    """The rule once more, day by day: the plan of that day has the line, or left it out within the notice."""
    plan = [version for version in versions if version.since <= day] or versions[:1]
    if plan[-1].planned:
        return plan[-1].service_code == SERVICE and plan[-1].from_date <= day <= plan[-1].to_date
    told = next(version for version in plan if not version.planned)
    last = [version for version in plan if version.planned][-1]
    in_period = last.service_code == SERVICE and last.from_date <= day <= last.to_date
    return in_period and day <= told.since + timedelta(days=NOTICE)


def live_through(versions: list[LineVersion]) -> Voucher:
    """The voucher after every version has judged it."""
    one = given_voucher(State.ACTIVE, valid_from=FIRST, valid_to=LAST)
    for before, changed in pairwise(versions):
        judgement = judge(one, before, changed, WIDE, notice_days=NOTICE)
        assert judgement == judge(one, before, changed, WIDE, notice_days=NOTICE)
        if judgement.change is not None:
            amend(one, judgement.change, command="amend", now=NOW)
        elif judgement.cut_off is not None:
            one.revoke(reason=RevokeReason.NEED_ENDED, cut_off=judgement.cut_off, claimable=True, now=NOW)
            break
    return one


@settings(derandomize=True, max_examples=300)
@given(revisions, st.lists(days, min_size=1, max_size=25), st.randoms(use_true_random=False))
def test_no_redemption_is_ever_accepted_for_a_line_not_in_force_that_day_PLANBOUND_1(
    asked: list[tuple[str, int, date, int, int]], claims: list[date], chance: Any
) -> None:
    versions = [line()]
    for revision in asked:
        if versions[-1].planned:
            versions.append(revised(versions[-1], revision))
    one = live_through(versions)
    told = list(versions)
    chance.shuffle(told)
    known = ServiceDays(told, (), NOTICE)
    for day in claims:
        claim = Claim(one, replace(delivery(one), service_date=day), None, 1, 82_00)
        code = claim.contradiction(contract(), refused=known.refuses(one, day), today=NOW.date())
        if code is None:
            assert stood(versions, day)
            assert one.valid_from <= day <= one.last_service_day
        if one.valid_from <= day <= one.last_service_day and not stood(versions, day):
            assert code is RejectCode.PLAN_LINE_SUPERSEDED


def test_the_reference_of_the_property_is_no_empty_word_PLANBOUND_1() -> None:
    versions = [line(), replace(line(2, REVIEWED), planned=False)]
    assert stood(versions, date(2025, 3, 17))
    assert not stood(versions, date(2025, 3, 18))
