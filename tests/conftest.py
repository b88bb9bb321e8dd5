"""Fixtures for everybody: a private PostgreSQL and RabbitMQ, migrated databases, sessions that leave no trace."""

import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

ROOT = Path(__file__).resolve().parents[1]
for _folder in (str(ROOT), str(ROOT / "protos")):
    if _folder not in sys.path:
        sys.path.insert(0, _folder)

from cli.county.postgres import private_postgres  # noqa: E402
from cli.county.rabbitmq import private_rabbitmq  # noqa: E402
from services.chassis.database import dsn, engine_from, sessions_from  # noqa: E402
from services.chassis.migrations import migrate  # noqa: E402

pytest_plugins = ["tests.api_server", "tests.county"]


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server: that of `DATABASE_URL` in the environment, else a private one that ends with the tests."""
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given
        return
    with private_postgres(tmp_path_factory.mktemp("pg") / "server") as server:
        yield server.url()


@pytest.fixture(scope="session")
def amqp_uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A RabbitMQ broker: that of `AMQP_URI` in the environment, else a private one that ends with the tests."""
    given = os.environ.get("AMQP_URI")
    if given:
        yield given
        return
    with private_rabbitmq(tmp_path_factory.mktemp("rabbit") / "node") as broker:
        yield broker.uri


@pytest.fixture(scope="session")
def new_database(postgres_url: str) -> Callable[[str], str]:
    """Make a database of its own, migrated for a service: `new_database("voucher")`; for tests that commit."""
    templates: dict[str, str] = {}

    def url_of(name: str) -> str:
        return make_url(postgres_url).set(database=name).render_as_string(hide_password=False)

    def make(service: str) -> str:
        name = f"{service}_{uuid4().hex[:12]}"
        with psycopg.connect(dsn(postgres_url), autocommit=True) as connection:
            if service not in templates:
                connection.execute(f"create database template_{name}".encode())
                migrate(f"services.{service}", url_of(f"template_{name}"))
                templates[service] = f"template_{name}"
            connection.execute(f"create database {name} template {templates[service]}".encode())
        return url_of(name)

    return make


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
    for one in made.values():
        one.dispose()


@pytest.fixture
def session(engine: Callable[[str], Engine]) -> Iterator[Callable[[str], Session]]:
    """A session of the service's database whose work is rolled back after the test: `session("voucher")`.

    Its `commit()` is a savepoint's, so operations and doors may commit as they like.
    """
    undo: list[Callable[[], None]] = []

    def get(service: str) -> Session:
        connection = engine(service).connect()
        transaction = connection.begin()
        opened = sessions_from(engine(service))(bind=connection, join_transaction_mode="create_savepoint")
        undo.extend([connection.close, transaction.rollback, opened.close])
        return opened

    yield get
    while undo:
        undo.pop()()


@pytest.fixture
def now() -> datetime:
    """An ordinary weekday morning of the demo year."""
    return datetime(2025, 3, 11, 8, 0, tzinfo=UTC)


@pytest.fixture
def clock(now: datetime) -> Callable[[], datetime]:
    """A clock that stands at `now`."""
    return lambda: now
