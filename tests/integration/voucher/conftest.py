"""A world in a session that leaves no trace."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from services.chassis.database import engine_from
from tests.builders.voucher.county import World
from tests.databases import committing


@pytest.fixture(scope="session")
def county(new_database: Callable[[str], str]) -> Iterator[tuple[Engine, World]]:
    """A database with providers, catalogue and budget; written to only in transactions that are rolled back."""
    url = new_database("voucher")
    with committing(url) as session:
        told = World(session).told_county()
    engine = engine_from(url, pool_size=4)
    yield engine, told
    engine.dispose()


@pytest.fixture
def world(county: tuple[Engine, World], session_on: Callable[[Engine], Session]) -> World:
    """Everything told, nothing done yet."""
    engine, told = county
    return World(session_on(engine), enterprise=told.enterprise, coach=told.coach).told_client()
