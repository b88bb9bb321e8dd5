"""The county that the tests of care plans act in: in one transaction, or committed behind a served api."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy.orm import Session

from tests.api_server import ServedApi
from tests.integration.careplan.town import Town
from tests.integration.careplan.world import World


@pytest.fixture
def world(session: Callable[[str], Session]) -> World:
    """Providers, contracts and catalogue, in a transaction that is rolled back."""
    return World(session("careplan")).settle_county()


@pytest.fixture(scope="module")
def url(new_database: Callable[[str], str]) -> str:
    """A database of this module's own, whose rows are committed."""
    return new_database("careplan")


@pytest.fixture
def town(url: str, api_server: Callable[..., ServedApi]) -> Iterator[Town]:
    made = Town(api_server("careplan", url=url, threads=8), url)
    yield made
    made.engine.dispose()
