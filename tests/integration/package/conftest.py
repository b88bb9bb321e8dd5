"""The package service with the county's providers heard of: their facts as the provider service announced them."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from google.protobuf.descriptor_pool import Default
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from services.chassis.database import engine_from, outbox
from tests.api_server import TokenOffice
from tests.builders.package.story import Story
from tests.builders.provider.loader import Loader, loading
from tests.databases import committing

NOW = datetime(2025, 3, 11, 8, 0, tzinfo=UTC)


def announced(session: Session) -> list[Message]:
    """Every fact in a service's outbox, in the order announced; sections left out."""
    rows = session.execute(select(outbox).where(outbox.c.body.is_not(None)).order_by(outbox.c.id))
    return [
        GetMessageClass(Default().FindMessageTypeByName(row.routing_key)).FromString(bytes(row.body)) for row in rows
    ]


@pytest.fixture(scope="session")
def county(new_database: Callable[[str], str], token_office: TokenOffice) -> tuple[list[Message], Loader]:
    """The facts of the loaded county, and the ids of its providers and units."""
    url = new_database("provider")
    with loading(url, token_office) as loader:
        loader.load_all()
    with committing(url) as session:
        return announced(session), loader


@pytest.fixture(scope="session")
def informed(new_database: Callable[[str], str], county: tuple[list[Message], Loader]) -> str:
    """URL of a database in which the county's facts were heard, to be copied."""
    facts, loader = county
    url = new_database("package")
    with committing(url) as session:
        Story(session, loader, NOW).hear(*facts)
    return url


@pytest.fixture(scope="session")
def informed_engine(new_database: Callable[..., str], informed: str) -> Iterator[Engine]:
    """Such a database, written to only in transactions that are rolled back."""
    engine = engine_from(new_database("package", like=informed), pool_size=4)
    yield engine
    engine.dispose()


@pytest.fixture
def story(
    informed_engine: Engine,
    session_on: Callable[[Engine], Session],
    county: tuple[list[Message], Loader],
    now: datetime,
) -> Story:
    """Story 1's county and client as this service knows them, in a session that leaves no trace."""
    facts, loader = county
    return Story(session_on(informed_engine), loader, now, heard=facts)
