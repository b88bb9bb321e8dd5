"""Random lives of two vouchers and three orders over two years: proven at every step, and all even at the end
(BUDGET-1)."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.kernel.refusal import Refusal
from services.voucher.domain.purse.ledger import Source, SourceKind
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.reasons import RevokeReason
from services.voucher.domain.vouchers.states import ENDED
from services.voucher.operations.changes.advance_vouchers import advance_vouchers
from services.voucher.operations.changes.revocation import take_away
from services.voucher.operations.outlook.carry_over import carry_over
from services.voucher.operations.purse import ledger
from services.voucher.operations.purse.approve_budget import approve_budget
from services.voucher.operations.purse.close_budget import close_budget
from services.voucher.operations.spending.end_commitment import end_commitment
from services.voucher.storage.purse.budget import entries
from services.voucher.storage.spending.commitment import commitments as commitment_rows
from services.voucher.storage.spending.commitment import load_commitments
from services.voucher.views.outlook.proof import prove_ledger
from tests.builders.voucher.settlements import pay
from tests.builders.voucher.turn_of_year import INTENSIVE, NOW, OPEN, PSYCHIATRY, START, SUPPORT, THERAPY, Story

pytestmark = pytest.mark.integration
VOUCHERS, ORDERS = (INTENSIVE, THERAPY), (OPEN, PSYCHIATRY, SUPPORT)
BOTH_YEARS = (START, date(2026, 12, 31))
LONG_AFTER = date(2026, 8, 1)
days = st.integers(0, 120).map(lambda number: START + timedelta(days=number))
acts = st.one_of(
    st.tuples(st.just("redeem"), st.sampled_from(VOUCHERS), days, st.integers(1, 30)),
    st.tuples(st.just("deliver"), st.sampled_from(ORDERS), days, st.integers(1, 3)),
    st.tuples(st.just("pay"), st.sampled_from((*VOUCHERS, SUPPORT)), st.just(START), st.just(0)),
    st.tuples(st.just("revoke"), st.sampled_from(VOUCHERS), days, st.just(0)),
    st.tuples(st.just("end"), st.sampled_from(ORDERS), st.just(START), st.just(0)),
    st.tuples(st.sampled_from(["approve", "close"]), st.just(""), st.just(START), st.integers(6_000_00, 12_000_00)),
)
Act = tuple[str, str, date, int]


def perform(story: Story, act: Act) -> None:
    verb, code, day, number = act
    match verb:
        case "redeem":
            world, voucher = story.worlds[code].on(day), story.vouchers[code]
            world.redeem(voucher, world.deliver(voucher, units=number, day=day, service_code=code))
        case "deliver":
            story.deliver(code, day, number)
        case "pay":
            settle(story, code)
        case "revoke":
            voucher = story.vouchers[code]
            take_away(story.session, voucher, reason=RevokeReason.NEED_ENDED, cut_off=day, rules=Rules(), now=NOW)
        case "end":
            wanted = commitment_rows.c.service_code == code
            (found,) = story.session.execute(select(commitment_rows.c.id).where(wanted)).scalars()
            (commitment,) = load_commitments(story.session, [found], lock=True)
            end_commitment(story.session, commitment=commitment, command="close", now=NOW)
        case "approve":
            approve_budget(story.session, budget_id=story.next_year.id, given={"CARE": number}, etag="", now=NOW)
        case "close":
            window, today = timedelta(days=30), date(2026, 2, 1)
            year = story.this_year.id
            close_budget(story.session, budget_id=year, etag="", claim_window=window, today=today, now=NOW)
            carry_over(story.session, now=NOW)


def settle(story: Story, code: str) -> None:
    any_world = story.worlds[INTENSIVE]
    payee = story.services[code].provider_id if code == SUPPORT else story.worlds[code].coach
    assert payee is not None
    pay(any_world, payee, BOTH_YEARS)


def attempt(story: Story, act: Act) -> None:
    """A refusal changes nothing."""
    try:
        with story.session.begin_nested():
            perform(story, act)
            story.session.flush()
    except Refusal:
        story.session.expire_all()


def proven(story: Story) -> None:
    assert prove_ledger(story.session).differences == []
    for voucher in story.vouchers.values():
        story.session.refresh(voucher)
        assert voucher.used_cents <= voucher.max_value
        assert voucher.units_redeemed + voucher.units_held <= voucher.units_granted


def finish(story: Story) -> None:
    """Everything is paid and ended, and the time to claim is over."""
    for code in VOUCHERS:
        attempt(story, ("revoke", code, LONG_AFTER, 0))
    for code in ORDERS:
        attempt(story, ("end", code, START, 0))
    for code in (*VOUCHERS, SUPPORT):
        attempt(story, ("pay", code, START, 0))
    for _ in range(3):
        now = story.worlds[INTENSIVE].on(LONG_AFTER).now
        advance_vouchers(story.session, now=now)


@settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.lists(acts, min_size=6, max_size=14))
def test_every_life_is_even_at_its_end_INV_06_INV_08_INV_09_INV_11(
    session: Callable[[str], Session], asked: list[Act]
) -> None:
    db = session("voucher")
    example = db.begin_nested()
    try:
        story = Story(db).told().bound().chosen()
        for act in asked:
            attempt(story, act)
            proven(story)
        finish(story)
        proven(story)
        even(story)
    finally:
        example.rollback()
        db.expire_all()


def even(story: Story) -> None:
    """RESERVE - RELEASE = SPEND for every source, and nothing is bound any more (end state of process A).

    A payment that was taken back to committed is no payment; one taken back to available stays in both sums.
    """
    assert {voucher.state for voucher in story.vouchers.values()} <= ENDED
    e = entries.c
    query = select(e.source_id, e.op, e.debit, func.sum(e.amount)).group_by(e.source_id, e.op, e.debit)
    sums: Counter[tuple[object, str]] = Counter()
    for source_id, op, debit, cents in story.session.execute(query):
        if op != "REVERSE_SPEND":
            sums[source_id, op] += int(cents)
        elif debit == "COMMITTED":
            sums[source_id, "SPEND"] -= int(cents)
    sources = [Source(SourceKind.VOUCHER, one.id) for one in story.vouchers.values()]
    ids = story.session.execute(select(commitment_rows.c.id)).scalars()
    for source in [*sources, *(Source(SourceKind.COMMITMENT, one) for one in ids)]:
        assert ledger.balance_of(story.session, source).bound == 0
        assert sums[source.id, "RESERVE"] - sums[source.id, "RELEASE"] == sums[source.id, "SPEND"]
    assert story.year(2025).bound == story.year(2026).bound == 0
