"""What a bus class says about itself, without a broker and without nameko."""

import subprocess
import sys
from datetime import datetime

import pytest
from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp
from google.protobuf.wrappers_pb2 import BoolValue, StringValue
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from services.chassis.bus import OutboxRelay, calls_out, every, handles, has_relay, listenings, recurrings
from services.chassis.bus.delivery import describe
from services.chassis.clock import Clock


class Bus:
    relay = OutboxRelay()

    @handles(Timestamp)
    def on_time(self, session: Session, event: Timestamp, now: datetime) -> None: ...

    @handles(BoolValue, StringValue)
    def on_value(self, session: Session, event: BoolValue | StringValue, now: datetime) -> None: ...

    @every(seconds=2.5)
    def tick(self, session: Session, now: datetime) -> None: ...

    @calls_out(seconds=0.5)
    def call(self, sessions: sessionmaker[Session], clock: Clock) -> None: ...


def test_a_bus_class_tells_what_it_hears_and_does() -> None:
    assert [(heard.method, heard.topic, heard.message) for heard in listenings(Bus)] == [
        ("on_value", "google.protobuf.BoolValue", BoolValue),
        ("on_value", "google.protobuf.StringValue", StringValue),
        ("on_time", "google.protobuf.Timestamp", Timestamp),
    ]
    told = [(timer.method, timer.seconds, timer.calls) for timer in recurrings(Bus)]
    assert told == [("call", 0.5, True), ("tick", 2.5, False)]
    assert has_relay(Bus)
    assert not has_relay(object)


def test_a_fact_has_one_handler() -> None:
    class Twice(Bus):
        @handles(Timestamp)
        def on_time_again(self, session: Session, event: Timestamp, now: datetime) -> None: ...

    with pytest.raises(ValueError, match="both handle"):
        listenings(Twice)

    class Among(Bus):
        @handles(Duration, BoolValue)
        def on_value_again(self, session: Session, event: Duration | BoolValue, now: datetime) -> None: ...

    with pytest.raises(ValueError, match="both handle"):
        listenings(Among)


def test_reading_a_bus_class_brings_no_nameko() -> None:
    program = (
        "import sys, services.chassis.bus; print([m for m in ('nameko', 'kombu', 'eventlet') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


class Diag:
    sqlstate = "23505"
    constraint_name = "uq_client_hetu_index"


class Original(Exception):
    diag = Diag()
    sqlstate = "23505"


def test_an_error_is_described_without_what_it_says_GUARANTEE_26() -> None:
    secret = "Key (hetu)=(130390A9999) already exists"
    told = describe(IntegrityError("insert into client", {"hetu": "130390A9999"}, Original(secret)))
    assert told == "IntegrityError 23505 uq_client_hetu_index"
    assert describe(ValueError(secret)) == "ValueError"
    assert describe(OperationalError(secret, {}, Exception(secret))) == "OperationalError"
