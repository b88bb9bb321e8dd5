"""The money under concurrency: real threads, each with its own connection, on a committed database."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import TypeVar
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session, sessionmaker

from services.chassis.database import engine_from, sessions_from
from services.voucher.domain.purse.ledger import LineBalance
from services.voucher.domain.rules import Rules
from services.voucher.domain.spending.settlement import NothingToSettle
from services.voucher.operations.purse import ledger
from services.voucher.operations.purse.approve_overrun import approve_overrun
from services.voucher.operations.purse.ledger import BudgetExhausted, Source
from services.voucher.operations.spending.create_settlement import create_settlement
from services.voucher.views.outlook.proof import prove_ledger
from tests.builders.voucher import purse as world
from tests.builders.voucher.claims import redeemed_voucher
from tests.builders.voucher.purse import DAY, FIN, NOW, THERAPY, WORK, voucher_source

pytestmark = pytest.mark.integration
CALLERS = 8
CROWD = 64
T = TypeVar("T")


@pytest.fixture
def sessions(new_database: Callable[[str], str]) -> Iterator[sessionmaker[Session]]:
    engine: Engine = engine_from(new_database("voucher"), pool_size=CALLERS + 2)
    made = sessions_from(engine)
    with made.begin() as session:
        world.county(session)
    yield made
    engine.dispose()


def at_once(act: Callable[[int], T]) -> list[T]:
    """Run `act(0..n)` in threads that start together."""
    gate = Barrier(CALLERS)

    def run(number: int) -> T:
        gate.wait()
        return act(number)

    with ThreadPoolExecutor(CALLERS) as pool:
        return list(pool.map(run, range(CALLERS)))


def reserve(session: Session, source: Source, cents: int, code: str = WORK) -> None:
    ledger.reserve(
        session, source=source, client_id=uuid4(), service_code=code, amount_cents=cents, service_date=DAY, now=NOW
    )


def test_one_issuer_gets_the_last_euros_INV_10(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        reserve(session, voucher_source(), 9_990_00)

    def issue(_: int) -> bool:
        try:
            with sessions.begin() as session:
                reserve(session, voucher_source(), 10_00)
        except BudgetExhausted:
            return False
        return True

    assert sorted(at_once(issue)) == [False] * (CALLERS - 1) + [True]
    with sessions.begin() as session:
        assert world.line_balances(session)["FAMILIES"] == LineBalance(10_000_00, 0, 10_000_00, 0, 0)
        assert prove_ledger(session).holds


def test_of_sixty_four_issuers_those_get_money_for_whom_there_is_some_INV_10(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        reserve(session, voucher_source(), 9_690_00)

    def issue(_: int) -> bool:
        try:
            with sessions.begin() as session:
                reserve(session, voucher_source(), 10_00)
        except BudgetExhausted:
            return False
        return True

    with ThreadPoolExecutor(CALLERS) as pool:
        assert Counter(pool.map(issue, range(CROWD))) == {True: 31, False: 33}
    with sessions.begin() as session:
        assert world.line_balances(session)["FAMILIES"] == LineBalance(10_000_00, 0, 10_000_00, 0, 0)
        assert prove_ledger(session).holds


def test_of_sixty_four_issuers_those_overrun_who_are_permitted_DESIGN_8(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        reserve(session, voucher_source(), 4_995_00, THERAPY)
        budget_id = session.execute(text("select id from budget")).scalar_one()

    def act(number: int) -> str:
        try:
            with sessions.begin() as session:
                if number % 8 == 0:
                    permit(session, budget_id, 20_00)
                    return "permitted"
                reserve(session, voucher_source(), 10_00, THERAPY)
        except BudgetExhausted:
            return "refused"
        return "bound"

    with ThreadPoolExecutor(CALLERS) as pool:
        found = Counter(pool.map(act, range(CROWD)))
    assert found["permitted"] == 8
    with sessions.begin() as session:
        line = world.line_balances(session)["HEALTH"]
        assert (line.overrun, line.reserved) == (160_00, 4_995_00 + 10_00 * found["bound"])
        assert -160_00 <= line.available == 5_00 - 10_00 * found["bound"]
        assert prove_ledger(session).holds


def permit(session: Session, budget_id: UUID, cents: int) -> None:
    approve_overrun(
        session, budget_id=budget_id, line_code="HEALTH", amount_cents=cents, etag="", now=NOW, new_id=uuid4()
    )


def test_a_claim_is_collected_by_one_batch_INV_11(sessions: sessionmaker[Session]) -> None:
    provider = uuid4()
    days = [date(2025, 3, day) for day in range(1, 21)]
    with sessions.begin() as session:
        redeemed_voucher(session, provider_id=provider, client_id=uuid4(), days=days)

    def collect(_: int) -> int:
        try:
            with sessions.begin() as session:
                return create_settlement(
                    session,
                    provider_id=provider,
                    period_start=days[0],
                    period_end=days[-1],
                    caller=FIN,
                    rules=Rules(),
                    now=NOW,
                    new_id=uuid4(),
                ).item_count
        except NothingToSettle:
            return 0

    assert sorted(at_once(collect)) == [0] * (CALLERS - 1) + [20]
    with sessions.begin() as session:
        assert session.execute(text("select count(*), count(distinct item_id) from settlement_item")).one() == (20, 20)


def test_nobody_takes_the_money_while_it_moves_out_of_an_envelope_PROCESS_B5(sessions: sessionmaker[Session]) -> None:
    envelope = voucher_source()
    with sessions.begin() as session:
        reserve(session, envelope, 10_000_00)

    def act(number: int) -> str:
        try:
            with sessions.begin() as session:
                if number % 2:
                    reserve(session, voucher_source(), 1)
                    return "taken"
                ledger.move_reservation(
                    session,
                    origin=envelope,
                    source=voucher_source(),
                    client_id=uuid4(),
                    service_code=WORK,
                    years={DAY.year: 2_500_00},
                    now=NOW,
                )
                return "moved"
        except BudgetExhausted:
            return "refused"

    assert sorted(at_once(act)) == ["moved"] * 4 + ["refused"] * 4
    with sessions.begin() as session:
        assert ledger.balance_of(session, envelope).bound == 0
        assert prove_ledger(session).holds


def test_postings_across_both_lines_never_wait_in_a_ring_INV_08(sessions: sessionmaker[Session]) -> None:
    held: list[tuple[Source, Source]] = []
    with sessions.begin() as session:
        for _ in range(CALLERS):
            pair = (voucher_source(), voucher_source())
            reserve(session, pair[0], 100_00, WORK)
            reserve(session, pair[1], 100_00, THERAPY)
            held.append(pair)

    def act(number: int) -> None:
        pair = held[number] if number % 2 else held[number][::-1]
        for _ in range(5):
            with sessions.begin() as session:
                ledger.lock_for(session, pair)
                for source in pair:
                    ledger.commit(session, source=source, amount_cents=10_00, now=NOW)

    at_once(act)
    with sessions.begin() as session:
        assert {ledger.balance_of(session, one).committed for pair in held for one in pair} == {50_00}
        assert prove_ledger(session).holds
