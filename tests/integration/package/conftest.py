"""The package service with the county's providers heard of: their facts as the provider service announced them."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from google.protobuf.descriptor_pool import Default
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.database import engine_from, outbox, sessions_from
from sote.provider.v1 import provider_service_pb2_grpc
from tests.api_server import TokenOffice
from tests.integration.package.story import Story
from tests.integration.provider.world import Loader


def announced(session: Session) -> list[Message]:
    """Every fact in a service's outbox, in the order announced; sections left out."""
    rows = session.execute(select(outbox).where(outbox.c.body.is_not(None)).order_by(outbox.c.id))
    return [
        GetMessageClass(Default().FindMessageTypeByName(row.routing_key)).FromString(bytes(row.body)) for row in rows
    ]


@pytest.fixture(scope="session")
def county(new_database: Callable[[str], str], token_office: TokenOffice) -> tuple[list[Message], Loader]:
    """The facts of the loaded county, and the ids of its providers and units."""
    from services.provider.__main__ import build_api
    from services.provider.settings import Settings
    from tests.api_server import process_settings, serve_here

    url = new_database("provider")
    settings = process_settings(Settings, url, token_office)
    assert isinstance(settings, Settings)
    served, stop = serve_here(build_api(settings, lambda: datetime(2025, 1, 2, 8, tzinfo=UTC)), settings, token_office)
    loader = Loader(provider_service_pb2_grpc.ProviderServiceStub(served.channel), served.as_role)
    loader.load_all()
    stop()
    engine = engine_from(url, pool_size=1)
    with sessions_from(engine)() as session:
        facts = announced(session)
    engine.dispose()
    return facts, loader


@pytest.fixture
def story(session: Callable[[str], Session], county: tuple[list[Message], Loader], now: datetime) -> Story:
    """Story 1's county and client as this service knows them, in a session that leaves no trace."""
    facts, loader = county
    told = Story(session("package"), loader, now)
    for fact in facts:
        told.hear(fact)
    return told
