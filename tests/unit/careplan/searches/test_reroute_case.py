"""The search for another provider: what moves it, by when, and what contracts no longer carry
(PROCESS-C1 to PROCESS-C9, process E)."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.careplan.domain.neighbours.copies import ContractCopy, ContractLine
from services.careplan.domain.rules import Rules
from services.careplan.domain.searches.contract_losses import EVERY_SERVICE, losses
from services.careplan.domain.searches.reroute_case import (
    Loss,
    RerouteCase,
    RerouteCause,
    RerouteState,
    Standing,
    due_day,
    handover_end,
)
from services.chassis.weekdays import FINLAND
from services.kernel.care import CareUnit
from services.kernel.refusal import IllegalTransition
from tests.builders.careplan.plans import CLIENT, DOCTOR, HELPER, NOW, SUPPORTER, TODAY, uid

S = RerouteState
FREE, WITH_OLD = Standing(), Standing(HELPER)
CHOSEN, TAKEN_ON, GONE = Standing(SUPPORTER), Standing(SUPPORTER, confirmed=True), Standing(over=True)


def case(state: RerouteState = S.OPEN, **more: Any) -> RerouteCase:
    """A search for somebody after HELPER."""
    told: dict[str, Any] = {
        "cause": RerouteCause.CONTRACT,
        "old_provider_id": HELPER,
        "new_provider_id": SUPPORTER if state is S.CHOSEN else None,
        "cut_off": TODAY,
        "started": 7,
    }
    return RerouteCase(
        id=uid(80),
        client_id=CLIENT,
        plan_id=uid(2),
        plan_service_id=uid(12),
        voucher_id=uid(50),
        service_code="SOC-FAM-HOME",
        old_unit_id=None,
        old_contract_id=uid(60),
        opened_on=TODAY,
        due=TODAY,
        created_at=NOW,
        updated_at=NOW,
        state=state,
        **told | more,
    )


def follow(made: RerouteCase, standing: Standing) -> list[str]:
    """The steps the operation takes."""
    taken = []
    while (step := made.next_step(standing)) is not None:
        made.take(step, provider=standing.provider_id if step == "choose" else None, now=NOW)
        taken.append(step)
    return taken


@pytest.mark.parametrize(
    ("state", "standing", "steps", "after"),
    [
        (S.OPEN, FREE, [], S.OPEN),
        (S.GUIDED, FREE, [], S.GUIDED),
        (S.GUIDED, CHOSEN, ["choose"], S.CHOSEN),
        (S.OPEN, TAKEN_ON, ["choose", "confirm"], S.CONFIRMED),
        (S.CHOSEN, CHOSEN, [], S.CHOSEN),
        (S.CHOSEN, TAKEN_ON, ["confirm"], S.CONFIRMED),
        (S.CHOSEN, FREE, ["lose_choice"], S.OPEN),
        (S.CHOSEN, Standing(DOCTOR), ["lose_choice", "choose"], S.CHOSEN),
        (S.CHOSEN, WITH_OLD, ["lose_choice", "stay"], S.STAYS),
        (S.GUIDED, WITH_OLD, ["stay"], S.STAYS),
        (S.GUIDED, GONE, ["close"], S.CLOSED),
        (S.CHOSEN, GONE, ["close"], S.CLOSED),
        (S.CONFIRMED, FREE, [], S.CONFIRMED),
        (S.COUNTY_TAKES_OVER, GONE, [], S.COUNTY_TAKES_OVER),
        (S.STAYS, CHOSEN, [], S.STAYS),
        (S.CLOSED, CHOSEN, [], S.CLOSED),
    ],
)
def test_the_search_follows_how_it_stands_PROCESS_C6_PROCESS_C8_PROCESS_C9(
    state: RerouteState, standing: Standing, steps: list[str], after: RerouteState
) -> None:
    made = case(state)
    assert (follow(made, standing), made.state) == (steps, after)
    assert follow(made, standing) == []


@given(some.lists(some.sampled_from([FREE, CHOSEN, WITH_OLD]), max_size=6), some.sampled_from([TAKEN_ON, GONE]))
def test_whatever_was_heard_between_the_end_is_the_same_GUARANTEE_6(between: list[Standing], end: Standing) -> None:
    made = case()
    for standing in between:
        if standing is not WITH_OLD:
            follow(made, standing)
    follow(made, end)
    assert made.state is (S.CLOSED if end is GONE else S.CONFIRMED)
    assert (made.new_provider_id == SUPPORTER) or end is GONE


@pytest.mark.parametrize(
    ("unit", "due"),
    [(CareUnit.DAY, date(2025, 4, 15)), (CareUnit.HOUR, date(2025, 4, 28)), (None, date(2025, 4, 28))],
)
def test_care_around_the_clock_is_due_in_three_weekdays_other_care_in_ten_PROCESS_C5(unit: Any, due: date) -> None:
    assert due_day(date(2025, 4, 10), unit, FINLAND, Rules()) == due


def test_the_old_provider_hands_over_as_its_contract_says_PROCESS_C8() -> None:
    assert handover_end(date(2025, 4, 11), 14) == date(2025, 4, 25)


def test_overdue_is_told_once_PROCESS_C5() -> None:
    made = case()
    assert made.takes("pass_due")
    made.take("pass_due", now=NOW)
    assert (made.overdue, made.takes("pass_due"), made.take_over_offered) == (True, False, True)


@pytest.mark.parametrize(("refusals", "offered"), [(0, False), (2, False), (3, True)])
def test_the_third_refusal_offers_the_take_over_PROCESS_E6(refusals: int, offered: bool) -> None:
    made = case()
    made.count_refusals(refusals, NOW)
    assert (made.take_over_offered, made.support_due) == (offered, True)
    made.take("guide", now=NOW)
    assert not made.support_due


def test_a_refused_voucher_is_the_countys_at_once_VOUCHER_3() -> None:
    made = case(cause=RerouteCause.VOUCHER_REFUSED, old_provider_id=None)
    assert (made.take_over_offered, made.support_due) == (True, False)


def test_who_refused_last_is_barred_until_the_voucher_tells_that_it_left_PLAN_8() -> None:
    made = case(cause=RerouteCause.PLAN_REFUSED, started=None, cut_off=None, barred_provider_id=HELPER)
    made.learn(Loss(RerouteCause.PROVIDER_QUIT, HELPER, started=9, cut_off=TODAY), NOW)
    told = (made.barred_provider_id, made.cut_off, made.started)
    assert told == (None, TODAY, 9)
    made.learn(Loss(RerouteCause.PLAN_REFUSED, SUPPORTER), NOW)
    made.learn(Loss(RerouteCause.PROVIDER_QUIT, DOCTOR, started=11), NOW)
    barred = made.barred_provider_id
    assert (barred, made.started, made.old_provider_id) == (SUPPORTER, 9, HELPER)


def test_nobody_takes_over_what_was_chosen_PROCESS_C7() -> None:
    with pytest.raises(IllegalTransition):
        case(S.CHOSEN).take("take_over", now=NOW)


CONTRACT = ContractCopy(
    contract_id=uid(60),
    provider_id=HELPER,
    kind="PURCHASE",
    state="ACTIVE",
    valid_from=date(2025, 1, 1),
    valid_to=date(2026, 12, 31),
    lines=(ContractLine("A", ()), ContractLine("B", ())),
    clauses={"HANDOVER": {"days": "14"}},
    version=1,
)
WITHOUT_B = replace(CONTRACT, lines=(ContractLine("A", ()),))


def test_a_removed_line_is_lost_from_today_and_found_again_PROCESS_C1() -> None:
    lost = losses({}, CONTRACT, WITHOUT_B, unserved_from=None, today=TODAY)
    assert lost == {"B": TODAY}
    later = losses(lost, WITHOUT_B, WITHOUT_B, unserved_from=None, today=date(2025, 5, 1))
    assert later == lost
    assert losses(later, WITHOUT_B, CONTRACT, unserved_from=None, today=TODAY) == {}


def test_a_suspended_contract_carries_nothing_until_it_is_reinstated_PROCESS_C1() -> None:
    until = date(2025, 4, 14)
    lost = losses({}, CONTRACT, replace(CONTRACT, state="SUSPENDED"), unserved_from=until, today=TODAY)
    assert lost == {EVERY_SERVICE: until}
    assert losses(lost, CONTRACT, CONTRACT, unserved_from=None, today=TODAY) == {}


def test_days_of_handover_are_those_of_the_clause_PROCESS_C8() -> None:
    assert (CONTRACT.days("HANDOVER"), CONTRACT.days("LIAISON")) == (14, 0)


@given(some.randoms(use_true_random=False))
def test_missed_facts_of_a_contract_lose_nothing_PROCESS_C1(chance: Random) -> None:
    """Whatever of the states between is not heard, what the last state does not carry is lost, and nothing else."""
    states = [CONTRACT, WITHOUT_B, CONTRACT, replace(CONTRACT, lines=(ContractLine("B", ()),))]
    lost: dict[str, date] = {}
    before = states[0]
    for state in states[1:]:
        if chance.random() < 0.5 or state is states[-1]:
            lost = losses(lost, before, state, unserved_from=None, today=TODAY)
            before = state
    assert lost == {"A": TODAY}
