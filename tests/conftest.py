"""Fixtures for everybody: migrated databases on the servers of `tests/servers.py`, sessions that leave no trace."""

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

ROOT = Path(__file__).resolve().parents[1]
for _folder in (str(ROOT), str(ROOT / "protos")):
    if _folder not in sys.path:
        sys.path.insert(0, _folder)

from services.chassis.database import engine_from, sessions_from  # noqa: E402
from tests.databases import Databases  # noqa: E402

pytest_plugins = ["tests.api_server", "tests.county", "tests.servers"]


@pytest.fixture(scope="session")
def new_database(postgres_url: str, request: pytest.FixtureRequest) -> Callable[..., str]:
    """Make a database of its own, migrated for a service: `new_database("voucher")`; for tests that commit.

    `new_database("provider", like=url)` copies another one, with all its rows.
    """
    run = getattr(request.config, "workerinput", {}).get("testrunuid", uuid4().hex)
    return Databases(postgres_url, run[:12]).new


@pytest.fixture(scope="session")
def database(new_database: Callable[[str], str]) -> Callable[[str], str]:
    """URL of the service's migrated database, made once for all tests: `database("voucher")`."""
    made: dict[str, str] = {}

    def get(service: str) -> str:
        if service not in made:
            made[service] = new_database(service)
        return made[service]

    return get


@pytest.fixture(scope="session")
def engine(database: Callable[[str], str]) -> Iterator[Callable[[str], Engine]]:
    """Engine of the service's migrated database: `engine("voucher")`."""
    made: dict[str, Engine] = {}

    def get(service: str) -> Engine:
        if service not in made:
            made[service] = engine_from(database(service), pool_size=20)
        return made[service]

    yield get
    for opened in made.values():
        opened.dispose()


@pytest.fixture
def session_on() -> Iterator[Callable[[Engine], Session]]:
    """A session of an engine whose work is rolled back after the test: `session_on(engine)`.

    Its `commit()` is a savepoint's, so operations and doors may commit as they like.
    """
    undo: list[Callable[[], None]] = []

    def get(engine: Engine) -> Session:
        connection = engine.connect()
        transaction = connection.begin()
        opened = sessions_from(engine)(bind=connection, join_transaction_mode="create_savepoint")
        undo.extend([connection.close, transaction.rollback, opened.close])
        return opened

    yield get
    while undo:
        undo.pop()()


@pytest.fixture
def session(engine: Callable[[str], Engine], session_on: Callable[[Engine], Session]) -> Callable[[str], Session]:
    """A session of the service's migrated database, rolled back after the test: `session("voucher")`."""
    return lambda service: session_on(engine(service))


@pytest.fixture
def now() -> datetime:
    """An ordinary weekday morning of the demo year."""
    return datetime(2025, 3, 11, 8, 0, tzinfo=UTC)


@pytest.fixture
def clock(now: datetime) -> Callable[[], datetime]:
    """A clock that stands at `now`."""
    return lambda: now
