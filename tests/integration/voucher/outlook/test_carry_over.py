"""The turn of the year: split by the day of service, conditional on a plan, approved, closed, carried over
(BUDGET-14)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.voucher.domain.claims.rerouting import RerouteCause
from services.voucher.domain.purse.budget import NextBudgetMissing, YearNotOver
from services.voucher.domain.purse.ledger import BudgetExhausted, LineBalance
from services.voucher.domain.spending.commitment import CommitmentState
from services.voucher.domain.vouchers.reasons import RevokeReason
from services.voucher.operations.changes.revocation import take_away
from services.voucher.operations.claims.reroute_voucher import reroute_voucher
from services.voucher.operations.outlook.carry_over import carry_over
from services.voucher.operations.purse import ledger
from services.voucher.operations.purse.amend_line import amend_line
from services.voucher.operations.purse.approve_budget import approve_budget
from services.voucher.operations.purse.close_budget import close_budget
from services.voucher.operations.vouchers.voucher import money_of
from services.voucher.storage.spending.commitment import commitments
from services.voucher.views.outlook.proof import prove_ledger
from services.voucher.views.purse.budget import get_client_finance
from tests.builders.voucher.settlements import pay
from tests.builders.voucher.turn_of_year import INTENSIVE, NOW, OPEN, PSYCHIATRY, SUPPORT, THERAPY, Story, without

pytestmark = pytest.mark.integration
LATER = datetime(2026, 2, 2, 8, 0, tzinfo=UTC)
CLOSED = date(2026, 2, 2)
BOTH_YEARS = (date(2025, 12, 1), date(2026, 12, 31))


@pytest.fixture
def story(session: Callable[[str], Session]) -> Story:
    return Story(session("voucher")).told()


def approve(story: Story, given: dict[str, int] | None = None) -> None:
    approve_budget(story.session, budget_id=story.next_year.id, given=given, etag="", now=NOW)


def close(story: Story, *, today: date = CLOSED) -> None:
    window = timedelta(days=30)
    close_budget(story.session, budget_id=story.this_year.id, etag="", claim_window=window, today=today, now=LATER)
    carry_over(story.session, now=LATER)


def waiting(story: Story, kind: str) -> list[str]:
    query = text("select subject from work_item where kind = :kind and done_at is null order by subject")
    return list(story.session.execute(query, {"kind": kind}).scalars())


def holds(story: Story) -> bool:
    story.session.flush()
    return prove_ledger(story.session).holds


def december(story: Story) -> None:
    """Everything of the 2025 part is delivered, claimed and paid."""
    story.deliver(OPEN, date(2025, 12, 31), 1)
    story.deliver(PSYCHIATRY, date(2025, 12, 9), 1)
    story.deliver(SUPPORT, date(2025, 12, 31), 1)
    story.redeem(INTENSIVE, date(2025, 12, 15), 15)
    story.redeem(THERAPY, date(2025, 12, 10), 4)
    for code in (INTENSIVE, THERAPY):
        pay(story.worlds[code], story.worlds[code].coach, BOTH_YEARS)
    provider = story.services[SUPPORT].provider_id
    assert provider is not None
    pay(story.worlds[INTENSIVE], provider, BOTH_YEARS)


def test_story_4_over_two_years_STORY_4(story: Story) -> None:
    story.bound()
    assert story.year(2025).bound == 2_120_00
    assert without(story.year(2026)) == LineBalance(0, -7_410_00, 7_410_00 - 2_830_00, 2_830_00)
    assert story.held(INTENSIVE) == {2025: 1_020_00, 2026: 3_060_00}
    assert story.held(THERAPY) == {2025: 380_00, 2026: 1_520_00}
    lines = get_client_finance(story.session, story.client).lines
    assert {(line.fiscal_year, line.conditional) for line in lines} == {(2025, False), (2026, True)}
    story.chosen()
    december(story)
    assert story.year(2025) == LineBalance(120_000_00, 117_880_00, 0, 0, 2_120_00)
    approve(story)
    assert story.year(2026) == LineBalance(10_000_00, 2_590_00, 0, 7_410_00)
    assert holds(story)


def test_a_planned_budget_binds_no_more_than_it_plans_BUDGET_13(session: Callable[[str], Session]) -> None:
    story = Story(session("voucher")).told(planned=3_000_00)
    with pytest.raises(BudgetExhausted):
        story.bound()
    states = set(story.session.execute(select(commitments.c.state)).scalars())
    assert states == {CommitmentState.COMMITTED.value}
    assert story.year(2026).bound == 2_830_00


def test_a_council_that_gives_less_leaves_promises_and_a_work_list_BUDGET_2(story: Story) -> None:
    story.bound()
    approve(story, {"CARE": 6_000_00})
    assert story.year(2026) == LineBalance(6_000_00, -1_410_00, 4_580_00, 2_830_00, overrun=1_410_00)
    last = story.vouchers[THERAPY].id
    assert waiting(story, "budget-line-overbound") == [f"vouchers/{last}"]
    assert holds(story)


def test_the_database_approves_nothing_that_is_not_covered_INV_10(story: Story) -> None:
    story.bound()
    with pytest.raises(IntegrityError, match="ck_budget_line_available"), story.session.begin_nested():
        story.session.execute(text("update budget_line set conditional = false where planned = 1000000"))


def test_more_use_in_a_year_moves_its_promise_there_BUDGET_13(story: Story) -> None:
    story.bound().chosen()
    story.redeem(INTENSIVE, date(2025, 12, 15), 15)
    story.redeem(INTENSIVE, date(2025, 12, 16), 2)
    assert story.held(INTENSIVE) == {2025: 17 * 68_00, 2026: 43 * 68_00}
    approve(story)
    for _ in range(2):
        story.redeem(INTENSIVE, date(2026, 1, 20), 20)
    pay(story.worlds[INTENSIVE], story.worlds[INTENSIVE].coach, BOTH_YEARS)
    assert (story.year(2025).spent, story.year(2026).spent) == (17 * 68_00, 40 * 68_00)
    assert holds(story)


def test_what_is_claimed_in_a_year_stays_committed_in_it_BUDGET_13(story: Story) -> None:
    story.bound().chosen()
    approve(story)
    story.redeem(INTENSIVE, date(2025, 12, 15), 10)
    story.redeem(INTENSIVE, date(2026, 1, 20), 20)
    world, voucher = story.worlds[INTENSIVE], story.vouchers[INTENSIVE]
    reroute_voucher(
        story.session,
        voucher_id=voucher.id,
        cause=RerouteCause.PROVIDER_QUIT,
        cut_off=date(2026, 2, 1),
        subject="csw-1",
        rules=world.rules,
        now=world.now,
        new_id=uuid4(),
    )
    assert (voucher.units_held, story.held(INTENSIVE)) == (1, {2025: 15 * 68_00, 2026: 45 * 68_00})
    assert ledger.balance_of(story.session, money_of(voucher)).reserved == 29 * 68_00
    cut_off = date(2026, 2, 1)
    take_away(story.session, voucher, reason=RevokeReason.NEED_ENDED, cut_off=cut_off, rules=world.rules, now=world.now)
    assert story.held(INTENSIVE) == {2025: 10 * 68_00, 2026: 21 * 68_00}
    assert holds(story)


def test_a_closed_year_keeps_what_is_claimed_and_the_rest_moves_BUDGET_14(story: Story) -> None:
    story.bound().chosen()
    approve(story)
    story.redeem(INTENSIVE, date(2025, 12, 15), 10)
    close(story)
    assert story.held(INTENSIVE) == {2025: 10 * 68_00, 2026: 50 * 68_00}
    assert story.held(THERAPY)[2025] == 0
    assert story.year(2025).bound == 680_00
    assert carry_over(story.session, now=LATER) == 0
    pay(story.worlds[INTENSIVE], story.worlds[INTENSIVE].coach, BOTH_YEARS)
    assert (story.year(2025).bound, story.year(2025).spent) == (0, 680_00)
    assert holds(story)


def test_a_claim_for_a_closed_year_falls_on_the_next_BUDGET_14(story: Story) -> None:
    story.bound().chosen()
    approve(story)
    close(story)
    world, voucher = story.worlds[THERAPY], story.vouchers[THERAPY]
    delivery_id = world.deliver(voucher, units=3, day=date(2025, 12, 12), service_code=THERAPY)
    assert world.on(CLOSED).redeem(voucher, delivery_id).reject_code is None
    pay(world, world.coach, BOTH_YEARS)
    assert (story.year(2025).spent, story.year(2026).spent) == (0, 3 * 95_00)
    assert holds(story)


def test_what_does_not_fit_waits_and_is_tried_again_BUDGET_3(story: Story) -> None:
    story.bound().chosen()
    approve(story, {"CARE": 7_410_00})
    close(story)
    stuck = waiting(story, "carry-over-awaits-funds")
    assert len(stuck) == 5
    assert story.year(2025).bound == 2_120_00
    assert carry_over(story.session, now=LATER) == 0
    amend_line(
        story.session,
        budget_id=story.next_year.id,
        line_code="CARE",
        change_cents=2_120_00,
        etag="",
        now=LATER,
        new_id=story.client,
    )
    assert carry_over(story.session, now=LATER) == 5
    assert waiting(story, "carry-over-awaits-funds") == []
    assert (story.year(2025).bound, story.year(2026).bound) == (0, 9_530_00)
    assert holds(story)


def test_a_year_is_closed_after_its_claims_BUDGET_14(story: Story) -> None:
    with pytest.raises(YearNotOver):
        close(story, today=date(2026, 1, 30))
    close(story, today=date(2026, 1, 31))
    approve(story)
    with pytest.raises(NextBudgetMissing):
        close_budget(
            story.session,
            budget_id=story.next_year.id,
            etag="",
            claim_window=timedelta(days=30),
            today=date(2027, 3, 1),
            now=LATER,
        )
