"""Work that waits: outbox rows of each service's database and messages in each service's queues."""

import urllib.request
from collections.abc import Mapping

import psycopg

from cli.county.rabbitmq import depths_of


def outbox_rows(databases: Mapping[str, str]) -> dict[str, int]:
    """Rows not yet confirmed by the broker, by service; a service whose database does not answer is left out."""
    counted: dict[str, int] = {}
    for service, url in databases.items():
        try:
            with psycopg.connect(
                url.replace("postgresql+psycopg://", "postgresql://"), connect_timeout=2
            ) as connection:
                row = connection.execute("SELECT count(*) FROM outbox").fetchone()
        except psycopg.Error:
            continue
        counted[service] = int(row[0]) if row else 0
    return counted


def queue_depths(broker_metrics: str | None) -> dict[str, int]:
    """Messages by queue of a private broker; nothing for a given broker or one that does not answer."""
    if broker_metrics is None:
        return {}
    try:
        with urllib.request.urlopen(f"{broker_metrics}/detailed?family=queue_coarse_metrics", timeout=2) as reply:
            return depths_of(reply.read().decode())
    except OSError:
        return {}


def messages_of(service: str, depths: Mapping[str, int]) -> int:
    """Messages in all queues of a service (their names begin with the service's)."""
    return sum(depth for queue, depth in depths.items() if queue.startswith(f"{service}."))
