"""Publishing that is believed only when the broker has confirmed it."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import amqp

CONTENT_TYPE = "application/protobuf"
PERSISTENT = 2

SILENCE_SECONDS = 5.0
"""A quorum queue without a leader (a broker just started) swallows messages: neither confirmed nor refused."""


@dataclass(frozen=True)
class Outgoing:
    """A message for the broker; `message_id` is unique within one publishing."""

    exchange: str
    routing_key: str
    message_id: str
    body: bytes
    headers: Mapping[str, object] = field(default_factory=dict)
    content_type: str = CONTENT_TYPE


class NotConfirmed(Exception):
    """The broker refused a message; it may be published again."""


class Publisher:
    """One connection that publishes in batches; use it from one thread or greenlet at a time.

    Every failure closes the connection and raises (OSError, AMQPError or NotConfirmed): the caller publishes again,
    the next call connects anew. While the broker has a memory or disk alarm, a call waits, without limit: hold no
    database transaction meanwhile.
    """

    def __init__(self, connect: Callable[[], amqp.Connection], *, prepare: Callable[[amqp.Channel], None]) -> None:
        self._connect = connect
        self._prepare = prepare
        self._connection: amqp.Connection | None = None
        self._channel: amqp.Channel | None = None
        self._published = 0
        self._pending: set[int] = set()
        self._returned: set[str] = set()
        self._refused = False
        self._blocked = False

    def publish(self, messages: Sequence[Outgoing]) -> set[str]:
        """Publish in this order and wait for all confirms; gives the ids of those that no queue took."""
        try:
            channel = self._open()
            self._returned.clear()
            for message in messages:
                self._published += 1
                self._pending.add(self._published)
                channel.basic_publish(_amqp_message(message), message.exchange, message.routing_key, mandatory=True)
            self._confirmed()
        except BaseException:
            self.close()
            raise
        return set(self._returned)

    def tick(self) -> None:
        """Keep an idle connection alive; raises when it is found dead. Call it every few seconds."""
        if self._connection is None:
            return
        try:
            self._drain(0.001)
        except BaseException:
            self.close()
            raise

    def open(self) -> None:
        """Connect, if there is no connection, and prepare it."""
        self._open()

    def close(self) -> None:
        """Drop the connection without ceremony."""
        connection, self._connection, self._channel = self._connection, None, None
        self._pending.clear()
        if connection is not None:
            connection.collect()

    def _open(self) -> amqp.Channel:
        if self._channel is not None and self._connection is not None and self._connection.connected:
            return self._channel
        self.close()
        connection = self._connect()
        try:
            channel = connection.channel()
            self._prepare(channel)
            channel.confirm_select()
        except BaseException:
            connection.collect()
            raise
        self._published, self._refused, self._blocked = 0, False, False
        connection.on_blocked = lambda reason: setattr(self, "_blocked", True)
        connection.on_unblocked = lambda: setattr(self, "_blocked", False)
        channel.events["basic_ack"].add(self._on_ack)
        channel.events["basic_nack"].add(self._on_nack)
        channel.events["basic_return"].add(self._on_return)
        self._connection, self._channel = connection, channel
        return channel

    def _confirmed(self) -> None:
        """Wait for the confirms; silence is no answer, unless the broker said that it holds publishers up."""
        pending, since = len(self._pending), time.monotonic()
        while self._pending:
            self._drain(1.0)
            if self._refused:
                raise NotConfirmed("the broker refused a message")
            if self._blocked or len(self._pending) < pending:
                pending, since = len(self._pending), time.monotonic()
            elif time.monotonic() - since > SILENCE_SECONDS:
                raise NotConfirmed("the broker is silent")

    def _drain(self, seconds: float) -> None:
        if self._connection is None:
            raise ConnectionError("no connection to the broker")
        try:
            self._connection.drain_events(timeout=seconds)
        except TimeoutError:
            self._connection.heartbeat_tick()

    def _on_ack(self, delivery_tag: int, multiple: bool) -> None:
        if multiple:
            self._pending = {tag for tag in self._pending if tag > delivery_tag}
        else:
            self._pending.discard(delivery_tag)

    def _on_nack(self, delivery_tag: int, multiple: bool) -> None:
        self._refused = True

    def _on_return(self, error: Exception, exchange: str, routing_key: str, message: amqp.Message) -> None:
        self._returned.add(message.properties["message_id"])


def _amqp_message(message: Outgoing) -> amqp.Message:
    return amqp.Message(
        message.body,
        content_type=message.content_type,
        delivery_mode=PERSISTENT,
        message_id=message.message_id,
        timestamp=int(time.time()),
        application_headers=dict(message.headers),
    )
