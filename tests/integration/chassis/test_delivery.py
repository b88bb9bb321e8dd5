"""What becomes of one delivered message, decided without a broker."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.chassis.bus import Listening, headers
from services.chassis.bus.delivery import DEFER, Dead, Delivery, Done, Incoming, Wait
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


OURS = ("x-attempts", "x-deferrals", "x-deferred-since", "x-error")
CLOUD_EVENTS = ("time", "type", "correlationid", "causationid", "traceparent", "actorrole", "actororg", "county")
MALFORMED: list[Any] = [
    "many",
    "",
    "-1",
    -1,
    -(10**12),
    10**18,
    1.5,
    float("nan"),
    True,
    None,
    b"\xff\xfe",
    "\x00",
    "x" * 100_000,
    "2025-03-11T08:00:00",
    {"a": {"b": [1, {"c": None}]}},
    [1, ["two"]],
    datetime(2025, 3, 11, tzinfo=UTC),
]
ATTEMPTS = 5


def fails(session: Session, fact: Message, now: datetime) -> None:
    """A handler that never can."""
    raise ValueError("no")


def too_early(session: Session, fact: Message, now: datetime) -> None:
    """A handler that waits for something else."""
    raise NotYet("what it builds on is late")


def applies(session: Session, fact: Message, now: datetime) -> None:
    """A handler that can."""


@pytest.mark.parametrize("name", [*OURS, *CLOUD_EVENTS])
def test_a_failing_message_is_parked_in_the_end_whatever_its_headers_hold(delivery: Delivery, name: str) -> None:
    for value in MALFORMED:
        given: dict[str, Any] = {"id": str(uuid4()), name: value}
        for _ in range(ATTEMPTS):
            verdict = delivery.handle(HEARD, Incoming(given, b"", CONTENT_TYPE), fails)
            if isinstance(verdict, Dead):
                break
            assert isinstance(verdict, Wait), value
            given = headers.sendable(given) | verdict.headers
        assert isinstance(verdict, Dead), value
        assert str(verdict.headers["x-error"]).startswith("ValueError"), value


@pytest.mark.parametrize("name", [*OURS, *CLOUD_EVENTS])
def test_a_good_message_is_applied_whatever_its_headers_hold(delivery: Delivery, name: str) -> None:
    for value in MALFORMED:
        given = {"id": str(uuid4()), name: value}
        assert isinstance(delivery.handle(HEARD, Incoming(given, b"", CONTENT_TYPE), applies), Done), value


@pytest.mark.parametrize("name", ["x-deferrals", "x-deferred-since"])
def test_a_message_that_comes_too_early_waits_from_now_when_its_headers_say_nonsense(
    delivery: Delivery, name: str
) -> None:
    for value in MALFORMED:
        before = int(time.time() * 1000)
        given = {"id": str(uuid4()), name: value}
        verdict = delivery.handle(HEARD, Incoming(given, b"", CONTENT_TYPE), too_early)
        assert isinstance(verdict, Wait), value
        assert verdict.milliseconds == DEFER[0]
        assert verdict.headers["x-deferrals"] == 1
        assert before <= int(verdict.headers["x-deferred-since"]) <= time.time() * 1000


@pytest.mark.parametrize("value", MALFORMED)
def test_a_message_without_a_usable_id_is_parked(delivery: Delivery, value: object) -> None:
    verdict = delivery.handle(HEARD, Incoming({"id": value}, b"", CONTENT_TYPE), applies)
    assert isinstance(verdict, Dead)
    assert verdict.error == "undecodable"


def test_what_nobody_foresaw_is_parked(delivery: Delivery, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(given: object) -> float:
        raise RuntimeError("nobody foresaw this")

    monkeypatch.setattr("services.chassis.bus.delivery._age", broken)
    verdict = delivery.handle(HEARD, Incoming({"id": str(uuid4())}, b"", CONTENT_TYPE), applies)
    assert isinstance(verdict, Dead)
    assert "RuntimeError" in str(verdict.headers["x-error"])
