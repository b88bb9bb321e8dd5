"""The decision: every state with every command, its period, and the last day to appeal."""

from datetime import date
from itertools import product
from uuid import uuid4

import pytest

from services.chassis.weekdays import FINLAND
from services.client.domain.assessment_refusals import PeriodInvalid
from services.client.domain.decision import (
    COMMANDS,
    TRANSITIONS,
    Decision,
    DecisionStatus,
    last_day_to_appeal,
)
from services.client.domain.refusals import IllegalTransition
from tests.unit.client.people import NOW, TODAY


def decision(status: DecisionStatus = DecisionStatus.PENDING) -> Decision:
    return Decision(
        id=uuid4(),
        county_scheme="MAAKUNTA_2017",
        county_code="06",
        client_id=uuid4(),
        assessment_id=uuid4(),
        service_code="HLT-PHYSIO",
        grounds="grounds",
        created_at=NOW,
        created_by="official",
        status=status,
    )


def decide(
    one: Decision, command: str, first: date | None = date(2025, 3, 1), last: date | None = date(2025, 4, 9)
) -> None:
    one.decide(command, units=5, from_date=first, to_date=last, today=TODAY, appeal_until=date(2025, 2, 13))


@pytest.mark.parametrize(
    ("state", "command"), list(product(DecisionStatus, COMMANDS.values())), ids=lambda one: getattr(one, "value", one)
)
def test_3_2_every_state_with_every_command(state: DecisionStatus, command: str) -> None:
    one = decision(state)
    after = TRANSITIONS.get((state, command))
    if after is not None:
        decide(one, command)
        assert (one.status, one.version) == (after, 1)
        return
    with pytest.raises(IllegalTransition):
        decide(one, command)
    assert (one.status, one.version) == (state, 0)


@pytest.mark.parametrize("command", ["grant", "grant_in_part"])
@pytest.mark.parametrize(
    ("first", "last"), [(None, None), (date(2025, 3, 1), None), (date(2025, 3, 2), date(2025, 3, 1))]
)
def test_N7_what_is_granted_has_a_period(command: str, first: date | None, last: date | None) -> None:
    with pytest.raises(PeriodInvalid):
        decide(decision(), command, first, last)


def test_N7_a_rejection_grants_nothing() -> None:
    one = decision()
    decide(one, "reject")
    assert (one.units, one.from_date, one.to_date) == (0, None, None)


@pytest.mark.parametrize(
    ("decided", "last"),
    [
        (date(2025, 2, 18), date(2025, 3, 20)),
        (date(2025, 3, 20), date(2025, 4, 22)),  # 19 April is Easter Saturday
        (date(2025, 11, 24), date(2025, 12, 29)),  # 24 December is Christmas Eve
    ],
)
def test_N7_thirty_days_to_appeal_that_end_on_a_weekday(decided: date, last: date) -> None:
    assert last_day_to_appeal(decided, 30, FINLAND) == last
