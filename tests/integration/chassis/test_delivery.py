"""What becomes of one delivered message, decided without a broker."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.chassis.bus import Listening
from services.chassis.bus.delivery import Dead, Delivery, Incoming, Wait
from services.chassis.bus.publisher import CONTENT_TYPE
from services.chassis.database import engine_from, sessions_from
from services.chassis.inbox import PATIENCE, NotYet
from services.chassis.sections import SectionKeys
from sote.client.v1.events_pb2 import ClientRegistered

pytestmark = pytest.mark.integration
HEARD = Listening("on_client_registered", ClientRegistered.DESCRIPTOR.full_name, ClientRegistered)


@pytest.fixture
def delivery(database: Callable[[str], str]) -> Iterator[Delivery]:
    engine = engine_from(database("voucher"))
    yield Delivery(
        service="voucher",
        sessions=sessions_from(engine),
        clock=lambda: datetime.now(UTC),
        keys=SectionKeys(1, {}),
        stopping=lambda: False,
    )
    engine.dispose()


@pytest.mark.parametrize(
    ("patience", "waited", "verdict"),
    [
        (PATIENCE, PATIENCE - timedelta(minutes=1), Wait),
        (PATIENCE, PATIENCE + timedelta(minutes=1), Dead),
        (timedelta(hours=1), PATIENCE + timedelta(minutes=1), Wait),
        (timedelta(hours=1), timedelta(minutes=61), Dead),
    ],
)
def test_a_message_that_comes_too_early_waits_as_long_as_its_handler_has_patience_GUARANTEE_6(
    delivery: Delivery, patience: timedelta, waited: timedelta, verdict: type[Wait | Dead]
) -> None:
    def act(session: Session, fact: Message, now: datetime) -> None:
        raise NotYet("what it builds on is late", patience=patience)

    since = int((time.time() - waited.total_seconds()) * 1000)
    headers = {"id": str(uuid4()), "x-deferrals": 20, "x-deferred-since": since}
    told = delivery.handle(HEARD, Incoming(headers, b"", CONTENT_TYPE), act)
    assert isinstance(told, verdict)
    if isinstance(told, Wait):
        assert told.headers["x-deferred-since"] == since
