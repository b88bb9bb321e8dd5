"""The county that the tests of care plans act in: in one transaction, or committed behind a served api."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from services.chassis.database import engine_from
from tests.api_server import ServedApi
from tests.builders.careplan.api import Town
from tests.builders.careplan.county import World
from tests.databases import committing


@dataclass(frozen=True)
class SettledCounty:
    """A database in which providers, contracts and the catalogue are known, and the ids of all of them."""

    engine: Engine
    ids: dict[str, UUID]


@pytest.fixture(scope="session")
def settled_county(new_database: Callable[[str], str]) -> Iterator[SettledCounty]:
    """Heard of once; tests write to it only in transactions that are rolled back."""
    url = new_database("careplan")
    with committing(url) as session:
        ids = World(session).settle_county().ids
    engine = engine_from(url, pool_size=4)
    yield SettledCounty(engine, ids)
    engine.dispose()


@pytest.fixture
def world(settled_county: SettledCounty, session_on: Callable[[Engine], Session]) -> World:
    """Providers, contracts and catalogue, in a transaction that is rolled back."""
    return World(session_on(settled_county.engine), ids=dict(settled_county.ids))


@pytest.fixture(scope="module")
def url(new_database: Callable[[str], str]) -> str:
    """A database of this module's own, whose rows are committed."""
    return new_database("careplan")


@pytest.fixture
def town(url: str, api_server: Callable[..., ServedApi]) -> Iterator[Town]:
    made = Town(api_server("careplan", url=url, threads=8), url)
    yield made
    made.engine.dispose()
