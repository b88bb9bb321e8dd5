"""The decision: every state with every command, its period, its appeals and changes, and the last day to appeal."""

from datetime import date, timedelta
from itertools import product
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.chassis.weekdays import FINLAND
from services.client.domain.assessments.refusals import PeriodInvalid
from services.client.domain.decisions.decision import (
    COMMANDS,
    TRANSITIONS,
    Appeal,
    Decision,
    DecisionState,
    Grant,
    Outcome,
    last_day_to_appeal,
)
from services.client.domain.decisions.refusals import AppealTooLate, ChangeBackDated
from services.kernel.refusal import IllegalTransition
from tests.builders.client.people import NOW, TODAY

LAST_DAY = date(2025, 2, 13)
GRANTED = Grant(Outcome.GRANTED, 5, date(2025, 1, 1), date(2025, 3, 31))
REJECTED = Grant(Outcome.REJECTED)
APPEAL = Appeal(TODAY, "the client", True, "not enough")


def decision(status: DecisionState = DecisionState.PENDING, grant: Grant = GRANTED) -> Decision:
    return Decision(
        id=uuid4(),
        county_scheme="MAAKUNTA_2017",
        county_code="06",
        client_id=uuid4(),
        assessment_id=uuid4(),
        service_code="HLT-PHYSIO",
        grounds="grounds",
        decided_by="official",
        decided_date=TODAY,
        appeal_until=LAST_DAY,
        created_at=NOW,
        created_by="official",
        grant=grant,
        state=status,
        appeals=(APPEAL,) if status in (DecisionState.APPEALED, DecisionState.UPHELD) else (),
    )


def give(one: Decision, command: str) -> None:
    match command:
        case "appeal":
            one.appeal(APPEAL)
        case "uphold":
            one.uphold(grounds="as it was", by="another", today=TODAY)
        case "change":
            change(one, GRANTED)
        case _:
            outcome = next(outcome for outcome, own in COMMANDS.items() if own == command)
            one.decide(Grant(outcome, 5, date(2025, 3, 1), date(2025, 4, 9)))


def change(one: Decision, grant: Grant, effective: date = TODAY) -> None:
    one.change(grant, effective=effective, grounds="new", by="another", today=TODAY, appeal_until=date(2025, 2, 14))


@pytest.mark.parametrize(
    ("state", "command"),
    list(product(DecisionState, [*COMMANDS.values(), "appeal", "uphold", "change"])),
    ids=lambda one: getattr(one, "value", one),
)
def test_every_state_with_every_command_REFUSAL_1(state: DecisionState, command: str) -> None:
    one = decision(state)
    before = dict(vars(one))
    after = TRANSITIONS.get((state, command))
    if after is not None:
        give(one, command)
        assert (one.state, one.version) == (after, 1)
        return
    with pytest.raises(IllegalTransition):
        give(one, command)
    assert vars(one) == before


@pytest.mark.parametrize("outcome", [Outcome.GRANTED, Outcome.PARTLY])
@pytest.mark.parametrize(
    ("first", "last"), [(None, None), (date(2025, 3, 1), None), (date(2025, 3, 2), date(2025, 3, 1))]
)
def test_what_is_granted_has_a_period_ASSESSMENT_7(outcome: Outcome, first: date | None, last: date | None) -> None:
    with pytest.raises(PeriodInvalid):
        decision().decide(Grant(outcome, 5, first, last))


def test_a_rejection_grants_nothing_ASSESSMENT_7() -> None:
    one = decision()
    one.decide(Grant(Outcome.REJECTED, 5, date(2025, 3, 1), date(2025, 4, 9)))
    assert one.grant == REJECTED


@pytest.mark.parametrize(
    ("decided", "last"),
    [
        (date(2025, 2, 18), date(2025, 3, 20)),
        (date(2025, 3, 20), date(2025, 4, 22)),  # 19 April is Easter Saturday
        (date(2025, 11, 24), date(2025, 12, 29)),  # 24 December is Christmas Eve
    ],
)
def test_thirty_days_to_appeal_that_end_on_a_weekday_ASSESSMENT_7(decided: date, last: date) -> None:
    assert last_day_to_appeal(decided, 30, FINLAND) == last


@pytest.mark.parametrize(("days", "allowed"), [(0, True), (1, False)])
def test_an_appeal_comes_on_the_last_day_at_the_latest_DECISION_2(days: int, allowed: bool) -> None:
    one = decision(DecisionState.REJECTED, REJECTED)
    late = Appeal(LAST_DAY + timedelta(days=days), "the client", True, "why")
    if allowed:
        one.appeal(late)
        assert one.appeals == (late,)
        return
    with pytest.raises(AppealTooLate):
        one.appeal(late)
    assert (one.state, one.appeals) == (DecisionState.REJECTED, ())


def test_an_answered_appeal_keeps_who_asked_and_who_answered_DECISION_1() -> None:
    one = decision(DecisionState.APPEALED)
    one.uphold(grounds="as it was", by="another", today=TODAY)
    answered = Appeal(TODAY, "the client", True, "not enough", TODAY, "another", "as it was")
    assert (one.appeals, one.grant, one.earlier) == ((answered,), GRANTED, ())


def test_a_change_keeps_what_was_said_before_and_begins_a_new_time_to_appeal_DECISION_3() -> None:
    one = decision(DecisionState.APPEALED)
    more = Grant(Outcome.GRANTED, 8, date(2025, 1, 1), date(2025, 4, 30))
    change(one, more)
    (before,) = one.earlier
    assert (before.grant, before.grounds, before.decided_by, before.changed_from) == (
        GRANTED,
        "grounds",
        "official",
        TODAY,
    )
    assert (one.grant, one.effective_date, one.decided_by, one.appeal_until) == (
        more,
        TODAY,
        "another",
        date(2025, 2, 14),
    )
    assert one.appeals[0].answered_date == TODAY
    one.appeal(APPEAL)
    change(one, REJECTED)
    assert [each.grant for each in one.earlier] == [GRANTED, more]
    assert [each.answered_date for each in one.appeals] == [TODAY, TODAY]


YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("grant", "effective", "allowed"),
    [
        (REJECTED, TODAY, True),
        (REJECTED, YESTERDAY, False),
        (Grant(Outcome.PARTLY, 3, date(2025, 1, 1), date(2025, 3, 31)), TOMORROW, True),
        (Grant(Outcome.PARTLY, 3, date(2025, 1, 1), date(2025, 3, 31)), YESTERDAY, False),
        (Grant(Outcome.GRANTED, 5, date(2025, 1, 1), YESTERDAY), TODAY, True),
        (Grant(Outcome.GRANTED, 5, date(2025, 1, 1), date(2025, 1, 12)), TODAY, False),
        (Grant(Outcome.GRANTED, 5, date(2025, 1, 2), date(2025, 3, 31)), TODAY, False),
        (Grant(Outcome.GRANTED, 8, date(2025, 1, 1), date(2025, 4, 30)), date(2025, 1, 1), True),
        (Grant(Outcome.GRANTED, 0, date(2025, 1, 1), date(2025, 3, 31)), YESTERDAY, True),
    ],
)
def test_a_change_takes_nothing_away_backwards_DECISION_3(grant: Grant, effective: date, allowed: bool) -> None:
    one = decision(DecisionState.GRANTED)
    if allowed:
        change(one, grant, effective)
        assert one.grant == grant
        return
    with pytest.raises(ChangeBackDated):
        change(one, grant, effective)
    assert (one.state, one.grant, one.version) == (DecisionState.GRANTED, GRANTED, 0)


DAYS = st.dates(date(2024, 12, 1), date(2025, 5, 1))
GRANTS = st.one_of(
    st.just(REJECTED),
    st.builds(
        lambda units, first, length: Grant(Outcome.PARTLY, units, first, first + timedelta(days=length)),
        st.integers(0, 6),
        DAYS,
        st.integers(0, 90),
    ),
)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(before=GRANTS, after=GRANTS, effective=DAYS)
def test_no_day_that_was_granted_is_lost_for_the_past_DECISION_3(before: Grant, after: Grant, effective: date) -> None:
    one = decision(DecisionState.CHANGED, before)
    try:
        change(one, after, effective)
    except ChangeBackDated:
        assert one.grant == before
        return
    for back in range(200):
        one_day = TODAY - timedelta(days=back + 1)
        counts = after if one_day >= effective and after.in_favour else before
        if _grants(before, one_day):
            assert _grants(counts, one_day)
            assert not after.in_favour or _grants(after, one_day)


def _grants(grant: Grant, day: date) -> bool:
    return bool(grant.from_date and grant.to_date and grant.from_date <= day <= grant.to_date)
