"""The broker's exchanges and queues: their names, their arguments, and who declares them (ADR 3).

`<service>.facts`, `sections`        topic exchanges, durable
`<listener>.<fact>`                  one quorum queue for each fact a service listens to; "sections" for all sections
`<listener>.retry.<milliseconds>`    fan-out exchange and queue of the same name; a message waits there, then goes back
`<listener>.dead`                    messages that could not be applied, with their error
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

import amqp

from services.chassis.sections import EXCHANGE as SECTIONS

TIERS = (300, 1_000, 4_000, 15_000, 60_000)
"""Milliseconds that a message can be made to wait."""

DELIVERY_LIMIT = 20
"""Deliveries without an answer (the process died, every time) before the broker parks the message itself."""

HEARTBEAT = 20
LISTENERS = Path(__file__).resolve().parents[2] / "listeners.json"

_QUORUM: dict[str, str | int] = {"x-queue-type": "quorum"}
_SAFE_EXPIRY: dict[str, str | int] = {
    "x-dead-letter-strategy": "at-least-once",
    "x-overflow": "reject-publish",
    "x-dead-letter-exchange": "",
}


def connect(uri: str, *, heartbeat: int | None = None) -> amqp.Connection:
    """A connection to the broker at an `amqp(s)://` URI; raises OSError or AMQPError.

    With `heartbeat` 0 the broker does not expect a word every few seconds.
    """
    parts = urlsplit(uri)
    connection = amqp.Connection(
        host=f"{parts.hostname}:{parts.port or (5671 if parts.scheme == 'amqps' else 5672)}",
        userid=unquote(parts.username or "guest"),
        password=unquote(parts.password or "guest"),
        virtual_host=unquote(parts.path[1:]) or "/",
        ssl=parts.scheme == "amqps",
        heartbeat=HEARTBEAT if heartbeat is None else heartbeat,
        connect_timeout=5,
    )
    connection.connect()
    return connection


def queue_name(listener: str, topic: str) -> str:
    """The queue of a listener for a fact (its full name) or for the sections."""
    return f"{listener}.{topic}"


def retry_name(listener: str, milliseconds: int) -> str:
    """The exchange and queue where a listener's messages wait."""
    return f"{listener}.retry.{milliseconds}"


def dead_name(listener: str) -> str:
    """The queue of what a listener could not apply."""
    return f"{listener}.dead"


def exchange_of(topic: str) -> str:
    """The exchange that a fact, or the sections, are published to."""
    return SECTIONS if topic == SECTIONS else f"{topic.split('.')[1]}.facts"


def listeners() -> Mapping[str, list[str]]:
    """topic -> services that listen to it, as generated from the bus classes."""
    services: Mapping[str, list[str]] = json.loads(LISTENERS.read_text(encoding="utf-8"))
    return services


def declare_exchange(channel: amqp.Channel, name: str) -> None:
    """Declare a topic exchange for facts or sections."""
    channel.exchange_declare(name, "topic", durable=True, auto_delete=False)


def declare_queue(channel: amqp.Channel, listener: str, topic: str) -> None:
    """Declare the queue of a listener for a topic, bound to the topic's exchange."""
    name = queue_name(listener, topic)
    parked: dict[str, str | int] = {
        "x-dead-letter-routing-key": dead_name(listener),
        "x-delivery-limit": DELIVERY_LIMIT,
    }
    _queue(channel, name, _QUORUM | _SAFE_EXPIRY | parked)
    declare_exchange(channel, exchange_of(topic))
    channel.queue_bind(name, exchange_of(topic), "#" if topic == SECTIONS else topic)


def declare_listener(channel: amqp.Channel, listener: str, topics: Iterable[str]) -> None:
    """Declare everything a listener needs: where messages wait, where they are parked, and its queues."""
    _queue(channel, dead_name(listener), _QUORUM)
    for milliseconds in TIERS:
        name = retry_name(listener, milliseconds)
        channel.exchange_declare(name, "fanout", durable=True, auto_delete=False)
        # No dead-letter routing key: a message keeps its own, which is the queue it came from.
        _queue(channel, name, _QUORUM | _SAFE_EXPIRY | {"x-message-ttl": milliseconds})
        channel.queue_bind(name, name)
    for topic in topics:
        declare_queue(channel, listener, topic)


def declare_audience(channel: amqp.Channel, service: str, listeners: Mapping[str, list[str]]) -> None:
    """Declare the service's exchange and the queue of every service that listens to it, whether it runs yet or not.

    A relay does this before its first message, so processes may start in any order and no fact is lost.
    """
    own = f"{service}.facts"
    declare_exchange(channel, own)
    declare_exchange(channel, SECTIONS)
    for topic, services in sorted(listeners.items()):
        if exchange_of(topic) in (own, SECTIONS):
            for listener in services:
                declare_queue(channel, listener, topic)


def _queue(channel: amqp.Channel, name: str, arguments: Mapping[str, str | int]) -> None:
    channel.queue_declare(name, durable=True, auto_delete=False, arguments=dict(arguments))
