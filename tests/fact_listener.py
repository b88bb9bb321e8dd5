"""Listens to every fact of a running county: counts their names and collects their bodies."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from cli.county.places import SERVICES
from services.chassis.bus import topology


class FactListener:
    """The facts received so far, by name without the package."""

    def __init__(self, uri: str) -> None:
        self._connection = topology.connect(uri, heartbeat=0)  # says nothing while a story is played, however long
        self._channel = self._connection.channel()
        self._queue = self._channel.queue_declare(queue="", exclusive=True, auto_delete=True).queue
        for service in SERVICES:
            exchange = f"{service}.facts"
            self._channel.exchange_declare(exchange, "topic", durable=True, auto_delete=False)
            self._channel.queue_bind(self._queue, exchange=exchange, routing_key="#")
        self._names: Counter[str] = Counter()
        self.bodies: list[bytes] = []

    def names(self) -> Counter[str]:
        """How often each fact was received until now."""
        while message := self._channel.basic_get(self._queue, no_ack=True):
            self._names[message.delivery_info["routing_key"].rpartition(".")[2]] += 1
            body = message.body
            self.bodies.append(body.encode("utf-8", "surrogateescape") if isinstance(body, str) else bytes(body))
        return self._names

    def close(self) -> None:
        """Stop listening."""
        self._connection.close()


@contextmanager
def fact_listener(uri: str) -> Iterator[FactListener]:
    """Listen to all facts from now on."""
    listener = FactListener(uri)
    try:
        yield listener
    finally:
        listener.close()
