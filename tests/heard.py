"""Hears every fact of a running county, as a listener that keeps nothing but names."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from cli.county.places import SERVICES
from services.chassis.bus import topology


class Heard:
    """What was heard so far, by the fact's name without its package."""

    def __init__(self, uri: str) -> None:
        self._connection = topology.connect(uri)
        self._channel = self._connection.channel()
        self._queue = self._channel.queue_declare(queue="", exclusive=True, auto_delete=True).queue
        for service in SERVICES:
            exchange = f"{service}.facts"
            self._channel.exchange_declare(exchange, "topic", durable=True, auto_delete=False)
            self._channel.queue_bind(self._queue, exchange=exchange, routing_key="#")
        self._names: Counter[str] = Counter()
        self.bodies: list[bytes] = []

    def names(self) -> Counter[str]:
        """Everything heard until now."""
        while message := self._channel.basic_get(self._queue, no_ack=True):
            self._names[message.delivery_info["routing_key"].rpartition(".")[2]] += 1
            body = message.body
            self.bodies.append(body.encode("utf-8", "surrogateescape") if isinstance(body, str) else bytes(body))
        return self._names

    def close(self) -> None:
        """Stop hearing."""
        self._connection.close()


@contextmanager
def hearing(uri: str) -> Iterator[Heard]:
    """Hear all facts from now on."""
    heard = Heard(uri)
    try:
        yield heard
    finally:
        heard.close()
