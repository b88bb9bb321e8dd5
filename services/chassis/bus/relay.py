"""Sends what the outbox holds: confirmed by the broker first, deleted after, in order for each aggregate."""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple
from uuid import UUID

import amqp
import psycopg
from psycopg.rows import TupleRow

from services.chassis.bus import metrics, topology
from services.chassis.bus.publisher import NotConfirmed, Outgoing, Publisher
from services.chassis.crash import crash_point
from services.chassis.outbox import CHANNEL, PARTITIONS
from services.chassis.sections import EXCHANGE as SECTIONS
from services.chassis.sections import SectionKeys, SectionRow, seal_section
from services.chassis.telemetry import logger

BATCH = 200
POLL_SECONDS = 1.0
_GAUGES_EVERY = 5.0
_LOCK_CLASS = 0x0B0C

# Partitions are claimed in a statement before the one that reads them: a snapshot taken while another relay still held
# the partition would show rows that it has already sent.
_CLAIM = """
with waiting as materialized (
    select p from generate_series(0, %(partitions)s - 1) p
    where exists (select from outbox where partition = p) order by random() limit %(claim)s)
select p from waiting where pg_try_advisory_lock(%(kind)s::int, p)
"""
_READ = """
select id, message_id, exchange, routing_key, aggregate_id, headers, body
from outbox where partition = any(%s) order by id limit %s
"""
_READ_SECTIONS = """
select s.client_id, s.name, s.version, s.body, s.as_of
from section s join unnest(%s::uuid[], %s::text[]) as wanted (client_id, name) using (client_id, name)
"""
_BACKLOG = """
select (select count(*) from (select from outbox limit 100000) counted) as pending,
       coalesce((select extract(epoch from clock_timestamp() - created_at) from outbox order by id limit 1), 0) as age
"""

log = logger(__name__)


class _Row(NamedTuple):
    id: int
    message_id: UUID
    exchange: str
    routing_key: str
    aggregate_id: UUID
    headers: dict[str, str | int]
    body: bytes | None


class Relay:
    """Runs in any number of processes at once; each round claims some partitions of the outbox for itself.

    A crash at any point leaves rows to be sent again: listeners recognise repeats. No database transaction is open
    while the broker is waited for.
    """

    def __init__(
        self,
        *,
        service: str,
        database_dsn: str,
        amqp_uri: str,
        keys: SectionKeys,
        listeners: Mapping[str, list[str]],
        claim: int = PARTITIONS // 2,
    ) -> None:
        self._dsn = database_dsn
        self._keys = keys
        self._heard = frozenset(listeners)
        self._claim = claim
        self._connection: psycopg.Connection[TupleRow] | None = None
        self._publisher = Publisher(
            partial(topology.connect, amqp_uri),
            prepare=partial(topology.declare_audience, service=service, listeners=listeners),
        )
        self._gauged = 0.0

    def run(self, stopping: Callable[[], bool]) -> None:
        """Send until `stopping()`; errors of the database or the broker only make it begin again after a pause."""
        pause = 0.1
        while not stopping():
            try:
                self._gauge()
                sent = self.round()
                pause = 0.1
                if not sent:
                    self._idle()
            except (psycopg.Error, amqp.AMQPError, OSError, NotConfirmed) as error:
                log.warning("relay_failed", error=type(error).__name__, pause=pause)
                metrics.OUTBOX_FAILURES.labels(type(error).__name__).inc()
                self.close()
                time.sleep(pause)
                pause = min(pause * 2, 5.0)
        self.close()

    def round(self) -> int:
        """Send one batch of the partitions that nobody else is sending; gives how many rows are gone."""
        self._publisher.open()
        database = self._database()
        claim = {"partitions": PARTITIONS, "claim": self._claim, "kind": _LOCK_CLASS}
        partitions = [row[0] for row in database.execute(_CLAIM, claim)]
        if not partitions:
            return 0
        try:
            return self._send(database, partitions)
        finally:
            if not database.closed:
                database.execute("select pg_advisory_unlock_all()")

    def close(self) -> None:
        """Drop both connections; claims end with the database's."""
        self._publisher.close()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _send(self, database: psycopg.Connection[TupleRow], partitions: list[int]) -> int:
        rows = [_Row(*row) for row in database.execute(_READ, (partitions, BATCH))]
        messages = self._messages(database, rows)
        crash_point("before-publish")
        unrouted = self._publisher.publish(messages)
        crash_point("after-confirm")
        undelivered = self._unheard([message for message in messages if message.message_id in unrouted])
        sent = [row.id for row in rows if str(row.message_id) not in undelivered]
        database.execute("delete from outbox where id = any(%s)", (sent,))
        for message in messages:
            metrics.OUTBOX_SENT.labels(message.exchange).inc()
        if undelivered:
            raise NotConfirmed("a queue that should exist does not: declaring again")
        return len(sent)

    def _unheard(self, returned: Sequence[Outgoing]) -> set[str]:
        """Ids of messages that must be kept: somebody should hear them, yet no queue took them."""
        undelivered = {message.message_id for message in returned if self._topic(message) in self._heard}
        for message in returned:
            if message.message_id not in undelivered:
                metrics.OUTBOX_UNHEARD.labels(message.routing_key).inc()
        return undelivered

    @staticmethod
    def _topic(message: Outgoing) -> str:
        return SECTIONS if message.exchange == SECTIONS else message.routing_key

    def _messages(self, database: psycopg.Connection[TupleRow], rows: Sequence[_Row]) -> list[Outgoing]:
        """Facts as they are; sections as they are now, sealed, once for each client and name."""
        wanted = {(row.aggregate_id, row.routing_key): row for row in rows if row.body is None}
        sealed: dict[UUID, bytes] = {}
        if wanted:
            clients, names = zip(*wanted, strict=True)
            for values in database.execute(_READ_SECTIONS, (list(clients), list(names))):
                section = SectionRow(*values)
                row = wanted[(section.client_id, section.name)]
                row.headers["aggregateversion"] = section.version
                sealed[row.message_id] = seal_section(section, self._keys).SerializeToString()
        bodies = [(row, sealed.get(row.message_id) if row.body is None else row.body) for row in rows]
        return [
            Outgoing(row.exchange, row.routing_key, str(row.message_id), body, row.headers)
            for row, body in bodies
            if body is not None
        ]

    def _idle(self) -> None:
        """Wait for a notification, or for the poll that catches what a lost notification would have told."""
        database = self._database()
        self._publisher.tick()
        for _ in database.notifies(timeout=POLL_SECONDS, stop_after=1):
            pass

    def _gauge(self) -> None:
        if time.monotonic() - self._gauged > _GAUGES_EVERY:
            pending, age = self._database().execute(_BACKLOG).fetchone() or (0, 0)
            metrics.OUTBOX_PENDING.set(pending)
            metrics.OUTBOX_OLDEST.set(float(age))
            self._gauged = time.monotonic()

    def _database(self) -> psycopg.Connection[TupleRow]:
        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(self._dsn, autocommit=True, connect_timeout=5)
            self._connection.execute(f"listen {CHANNEL}")
        return self._connection
