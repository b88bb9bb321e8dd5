"""The client api in this process over a database of its own, with the county told and a clock that can be moved."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import grpc
import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from services.chassis.database import engine_from, sessions_from
from tests.api_server import ServedApi
from tests.builders.client.county import Hands, tell_county
from tests.builders.refusals import refusal_of
from tests.databases import committing


class MovingClock:
    """Stands where the hands put it."""

    def __init__(self) -> None:
        self.hands: Hands | None = None

    def __call__(self) -> datetime:
        return self.hands.at if self.hands else datetime(2025, 1, 7, 8, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture(scope="session")
def county_url(new_database: Callable[[str], str]) -> str:
    """A database of a county that is told, to be copied."""
    url = new_database("client")
    with committing(url) as session:
        tell_county(session)
    return url


@pytest.fixture
def url(new_database: Callable[..., str], county_url: str) -> str:
    return new_database("client", like=county_url)


@pytest.fixture
def own_engine(url: str) -> Iterator[Engine]:
    engine = engine_from(url, pool_size=4)
    yield engine
    engine.dispose()


@pytest.fixture
def own_session(own_engine: Engine) -> Iterator[Session]:
    """A session of the api's database, for what the bus would do and for looking at rows."""
    with sessions_from(own_engine)() as session:
        yield session


@pytest.fixture
def hands(api_server: Callable[..., ServedApi], url: str, clock: MovingClock) -> Hands:
    """Somebody who calls the api of a county that is told."""
    made = Hands(api_server("client", url=url))
    clock.hands = made
    return made


@pytest.fixture
def refused(hands: Hands) -> Callable[..., tuple[grpc.StatusCode, str]]:
    """Code and reason of a call that is refused: `refused(request, role="HSP")`."""

    def ask(request: Any, **caller: Any) -> tuple[grpc.StatusCode, str]:
        with pytest.raises(grpc.RpcError) as caught:
            hands.call(request, **caller)
        code, info = refusal_of(caught.value)
        return code, info.reason

    return ask
