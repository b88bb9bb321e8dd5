"""What an operator does with parked messages: look, send again, throw away. Works beside the running processes."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import amqp

from services.chassis.bus import headers, topology
from services.chassis.bus.publisher import Outgoing, Publisher


class NoSuchDeadLetter(Exception):
    """The service has no parked message with this id."""


class NotReplayed(Exception):
    """The queue the message came from is gone; the message stays parked."""


@dataclass(frozen=True)
class DeadLetter:
    """A parked message. Its body is a fact without personal data, or a sealed section, or what nobody could decode."""

    id: str
    type: str
    queue: str
    error: str
    attempts: int
    parked_at: str
    subject: str
    headers: dict[str, object]
    content_type: str
    body: bytes


def list_dead_letters(amqp_uri: str, service: str) -> list[DeadLetter]:
    """The parked messages of the service as a listener, oldest first; none of them is changed."""
    with _parked(amqp_uri, service) as messages:
        return [_dead_letter(message) for message in messages]


def show_dead_letter(amqp_uri: str, service: str, message_id: str) -> DeadLetter:
    """One parked message, by the id in its headers; NoSuchDeadLetter when it is not there (any more)."""
    with _parked(amqp_uri, service) as messages:
        return _dead_letter(_with_id(messages, message_id))


def replay_dead_letter(amqp_uri: str, service: str, message_id: str) -> DeadLetter:
    """Send the message to its queue again, as new; it is parked no longer once the broker has confirmed that."""
    with _parked(amqp_uri, service) as messages:
        message = _with_id(messages, message_id)
        letter = _dead_letter(message)
        sent = {name: value for name, value in headers.sendable(letter.headers).items() if name not in headers.OWN}
        again = Outgoing("", letter.queue, letter.id, letter.body, sent, letter.content_type)
        publisher = Publisher(lambda: topology.connect(amqp_uri), prepare=lambda channel: None)
        try:
            if publisher.publish([again]):
                raise NotReplayed(letter.queue)
        finally:
            publisher.close()
        message.channel.basic_ack(message.delivery_tag)
        return letter


def discard_dead_letter(amqp_uri: str, service: str, message_id: str) -> DeadLetter:
    """Throw the message away for good; its effects never happen."""
    with _parked(amqp_uri, service) as messages:
        message = _with_id(messages, message_id)
        message.channel.basic_ack(message.delivery_tag)
        return _dead_letter(message)


@contextmanager
def _parked(amqp_uri: str, service: str) -> Iterator[list[amqp.Message]]:
    """Hold all parked messages for the length of the block; what was not acknowledged goes back in its old order."""
    headers.read_whatever_comes()
    connection = topology.connect(amqp_uri)
    try:
        channel = connection.channel()
        messages = []
        with suppress(amqp.NotFound):  # A service that listens to nothing has no such queue.
            while message := channel.basic_get(topology.dead_name(service)):
                messages.append(message)
        yield messages
    finally:
        connection.close()


def _with_id(messages: list[amqp.Message], message_id: str) -> amqp.Message:
    for message in messages:
        if _dead_letter(message).id == message_id:
            return message
    raise NoSuchDeadLetter(message_id)


def _dead_letter(message: amqp.Message) -> DeadLetter:
    """Messages that the broker parked itself (its process died each time) carry the broker's own words."""
    given = {name: value for name, value in (message.headers or {}).items() if name != "x-delivery-count"}
    death = _first_death(given)
    body = message.body
    return DeadLetter(
        id=str(given.get("id") or message.properties.get("message_id", "")),
        type=str(given.get("type", "")),
        queue=str(given.get("x-queue") or death.get("queue", "")),
        error=str(given.get(headers.ERROR) or death.get("reason", "")),
        attempts=headers.number(given, headers.ATTEMPTS) or topology.DELIVERY_LIMIT,
        parked_at=str(given.get("x-parked-at") or death.get("time", "")),
        subject=str(given.get("subject", "")),
        headers=given,
        content_type=str(message.properties.get("content_type", "")),
        body=body.encode("utf-8", "surrogateescape") if isinstance(body, str) else bytes(body),
    )


def _first_death(given: headers.Headers) -> headers.Headers:
    deaths = given.get("x-death")
    return deaths[0] if isinstance(deaths, list) and deaths and isinstance(deaths[0], dict) else {}
