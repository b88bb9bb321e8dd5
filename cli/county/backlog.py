"""Work that waits: outbox rows of each service, messages in its queues, and what is parked for a person to look at."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

import amqp
import psycopg

from cli.county.places import SERVICES
from services.chassis.bus import topology


@dataclass(frozen=True)
class Backlog:
    """What waits for one service."""

    outbox: int = 0
    """Messages committed and not yet confirmed by the broker."""
    queued: int = 0
    """Messages that it has not taken, those that wait to be tried again included."""
    dead: int = 0
    """Messages that it could not apply."""


def backlogs(databases: Mapping[str, str], amqp_uri: str) -> dict[str, Backlog]:
    """What waits for each service; a server that does not answer counts as nothing."""
    depths = queue_depths(amqp_uri, (queue for service in SERVICES for queue in queues_of(service)))
    return {
        service: Backlog(
            outbox=_outbox_rows(databases[service]),
            queued=sum(depths.get(queue, 0) for queue in queues_of(service) if queue != topology.dead_name(service)),
            dead=depths.get(topology.dead_name(service), 0),
        )
        for service in SERVICES
    }


def queues_of(service: str) -> list[str]:
    """Names of the queues of a service."""
    facts = [topology.queue_name(service, topic) for topic, by in topology.listeners().items() if service in by]
    return [*facts, *(topology.retry_name(service, tier) for tier in topology.TIERS), topology.dead_name(service)]


def queue_depths(amqp_uri: str, queues: Iterable[str]) -> dict[str, int]:
    """Messages ready in each of these queues that exists."""
    depths: dict[str, int] = {}
    try:
        connection = topology.connect(amqp_uri)
    except (OSError, amqp.AMQPError):
        return depths
    try:
        for queue in queues:
            channel = connection.channel()
            with suppress(amqp.NotFound):
                depths[queue] = int(channel.queue_declare(queue, passive=True).message_count)
                channel.close()
    except (OSError, amqp.AMQPError):
        return depths
    finally:
        with suppress(OSError, amqp.AMQPError):
            connection.close()
    return depths


def _outbox_rows(url: str) -> int:
    plain = url.replace("postgresql+psycopg://", "postgresql://")
    try:
        with psycopg.connect(plain, connect_timeout=2) as connection:
            row = connection.execute("SELECT count(*) FROM outbox").fetchone()
    except psycopg.Error:
        return 0
    return int(row[0]) if row else 0
