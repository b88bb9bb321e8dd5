"""Every fact that was ever sent can still be read, and every listener takes it (GUARANTEE-17)."""

from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.chassis.bus import Listening, has_relay, listenings
from services.chassis.bus.listeners import listeners
from services.chassis.inbox import NotYet
from services.chassis.vault import Vault
from tests.contract.facts.samples import SERVICES, fact_classes, golden

NOW = datetime(2025, 3, 11, 8, 0, tzinfo=UTC)
KINDS = {kind.DESCRIPTOR.full_name: kind for kind in fact_classes()}
GOLDEN = {name: told for service in SERVICES for name, told in golden(service).items()}
HEARD = [(service, topic) for topic, names in listeners().items() if topic != "sections" for service in names]
UNKNOWN = bytes.fromhex("f8fe032a")
"""A field 8175 that no message has, holding 42."""


def newer(kind: type[Message], old: bytes) -> bytes:
    """The fact as a newer version would send it: with a field more, and with one more in each of the parts it has."""
    for field, _ in kind.FromString(old).ListFields():
        if field.message_type is not None and not field.is_repeated:
            old += bytes([field.number << 3 | 2, len(UNKNOWN)]) + UNKNOWN
    return old + UNKNOWN


def told(message: Message) -> dict[str, Any]:
    return MessageToDict(message, preserving_proto_field_name=True)


def hearer(service: str, topic: str) -> tuple[Any, Listening]:
    """The service's bus as a process would have it, and what in it hears the topic."""
    room = import_module(f"services.{service}.bus")
    (found,) = {kind for kind in vars(room).values() if isinstance(kind, type) and has_relay(kind)}
    given: dict[str, object] = {"county": "MAAKUNTA_2017:06"}
    asked = {name for kind in found.__mro__ for name in vars(kind).get("__annotations__", {})}
    if "rules" in asked:
        given["rules"] = import_module(f"services.{service}.domain.rules").Rules()
    if "vault" in asked:
        given["vault"] = Vault({1: bytes(32)}, place="income_statement.sealed")
    bus = type(found.__name__, (found,), given)()
    return bus, next(one for one in listenings(found) if one.topic == topic)


def outcome(session: Session, service: str, topic: str, body: bytes) -> str:
    """What the listener does with these bytes; what is neither done, early nor refused is an error of the test."""
    bus, listening = hearer(service, topic)
    fact = listening.message.FromString(body)
    undone = session.begin_nested()
    try:
        getattr(bus, listening.method)(session, fact, NOW)
        session.flush()
    except NotYet:
        return "early"
    except Exception as refusal:
        reason = getattr(refusal, "reason", None)
        if not isinstance(reason, str):
            raise
        return f"refused: {reason}"
    finally:
        undone.rollback()
    return "done"


def test_every_fact_has_a_golden_sample_GUARANTEE_17() -> None:
    assert set(GOLDEN) == set(KINDS), "run `make pages`; a fact that was sent is never taken away"


@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_old_bytes_say_what_they_said_GUARANTEE_17(name: str) -> None:
    kind, stored = KINDS[name], GOLDEN[name]
    body = bytes.fromhex(stored["hex"])
    assert told(kind.FromString(body)) == stored["json"]
    assert ParseDict(stored["json"], kind()).SerializeToString(deterministic=True) == body


@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_unknown_fields_are_ignored_GUARANTEE_17(name: str) -> None:
    kind, stored = KINDS[name], GOLDEN[name]
    body = newer(kind, bytes.fromhex(stored["hex"]))
    assert UNKNOWN in body
    assert told(kind.FromString(body)) == stored["json"]


@pytest.mark.integration
@pytest.mark.parametrize(("service", "topic"), HEARD, ids=[f"{service}-{topic}" for service, topic in HEARD])
def test_every_listener_takes_the_fact_and_a_newer_one_GUARANTEE_17(
    session: Callable[[str], Session], service: str, topic: str
) -> None:
    body = bytes.fromhex(GOLDEN[topic]["hex"])
    opened = session(service)
    first = outcome(opened, service, topic, body)
    assert outcome(opened, service, topic, newer(KINDS[topic], body)) == first
