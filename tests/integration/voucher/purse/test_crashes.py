"""Money under crashes: a process killed around a commit, a connection ended between postings
(BUDGET-1, GUARANTEE-1, INV-08)."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from cli.county.places import CHECKOUT
from services.chassis.database import engine_from, sessions_from
from services.voucher.domain.purse.ledger import Balance, Source, SourceKind
from services.voucher.operations.purse import ledger
from services.voucher.views.outlook.proof import prove_ledger
from tests.builders.voucher import purse as world
from tests.builders.voucher import spender

pytestmark = pytest.mark.integration
ALL = len(spender.BALANCES) - 1


@pytest.fixture(scope="module")
def url(new_database: Callable[[str], str]) -> str:
    return new_database("voucher")


@pytest.fixture(scope="module")
def sessions(url: str) -> Iterator[sessionmaker[Session]]:
    engine: Engine = engine_from(url, pool_size=3)
    made = sessions_from(engine)
    with made.begin() as session:
        world.county(session)
        world.plan(session)
    yield made
    engine.dispose()


def held(sessions: sessionmaker[Session], source: Source) -> Balance:
    """What the source holds, once the whole ledger is proven; what it spent has no books but these."""
    with sessions.begin() as session:
        found = [one for one in prove_ledger(session).differences if one.measure not in {"spent", "paid"}]
        assert found == []
        return ledger.balance_of(session, source)


@pytest.mark.parametrize("taken", range(ALL))
@pytest.mark.parametrize("point", ["before-commit", "after-commit"])
def test_a_killed_process_has_posted_what_it_committed_GUARANTEE_1(
    url: str, sessions: sessionmaker[Session], point: str, taken: int
) -> None:
    source = Source(SourceKind.VOUCHER, uuid4())
    command = [sys.executable, "-m", spender.__name__, url, str(source.id)]
    environment = {
        **os.environ,
        "CRASH_AT": f"{point}:{taken + 1}",
        "PYTHONPATH": f"{CHECKOUT}{os.pathsep}{CHECKOUT}/protos",
    }
    ended = subprocess.run(command, env=environment, cwd=CHECKOUT, check=False, timeout=60)
    assert ended.returncode == 137
    committed = taken + (point == "after-commit")
    assert held(sessions, source) == Balance(*spender.BALANCES[committed])


@pytest.mark.parametrize("taken", range(ALL + 1))
def test_a_connection_that_ends_takes_its_postings_with_it_INV_08(sessions: sessionmaker[Session], taken: int) -> None:
    source = Source(SourceKind.VOUCHER, uuid4())
    session = sessions()
    for step in spender.steps(source)[:taken]:
        step(session)
    backend = session.execute(text("select pg_backend_pid()")).scalar_one()
    with sessions.begin() as other:
        other.execute(text("select pg_terminate_backend(:pid, 5000)"), {"pid": backend})
    with pytest.raises(OperationalError):
        session.execute(text("select true"))
    session.invalidate()
    assert held(sessions, source) == Balance()


@pytest.mark.parametrize("taken", range(ALL + 1))
def test_a_transaction_rolled_back_leaves_nothing_INV_08(sessions: sessionmaker[Session], taken: int) -> None:
    source = Source(SourceKind.VOUCHER, uuid4())
    session = sessions()
    for step in spender.steps(source)[:taken]:
        step(session)
    assert ledger.balance_of(session, source) == Balance(*spender.BALANCES[taken])
    session.rollback()
    session.close()
    assert held(sessions, source) == Balance()
