"""A gateway with the four services it asks for sections: real servers that publish, without their own business."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest

from services.chassis.clock import Clock
from services.chassis.database import engine_from
from tests.api_server import ServedApi, TokenOffice
from tests.builders.gateway.county import SERVICES, County, Publisher

NOBODY = "127.0.0.1:1"


@pytest.fixture
def publishers(new_database: Callable[[str], str], clock: Clock, token_office: TokenOffice) -> Iterator[Any]:
    engines = {service: engine_from(new_database("chassis"), pool_size=4) for service in SERVICES}
    made = {service: Publisher(service, engine, clock, token_office) for service, engine in engines.items()}
    yield made
    for publisher in made.values():
        publisher.stop()
        publisher.engine.dispose()


@pytest.fixture
def county(
    publishers: dict[str, Publisher],
    new_database: Callable[[str], str],
    api_server: Callable[..., ServedApi],
    now: datetime,
) -> Iterator[County]:
    url = new_database("gateway")
    addresses = {f"{service}_address": one.served.address for service, one in publishers.items()}
    gateway = api_server("gateway", url=url, peer_budget_seconds=1.0, provider_address=NOBODY, **addresses)
    engine = engine_from(url, pool_size=4)
    yield County(publishers, gateway, engine, now)
    engine.dispose()
