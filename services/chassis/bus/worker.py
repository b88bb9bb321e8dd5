"""nameko's part: consumers that never lose a message, timers, the relay, and an orderly end. Its only importer."""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any, Protocol

import eventlet
from amqp.exceptions import AMQPError, RecoverableConnectionError
from kombu.entity import Queue
from nameko.exceptions import ContainerBeingKilled
from nameko.extensions import DependencyProvider, Entrypoint
from nameko.messaging import Consumer, QueueConsumer
from nameko.runners import ServiceRunner
from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker

from services.chassis.bus import Listening, Recurring, has_relay, headers, listenings, metrics, recurrings, topology
from services.chassis.bus.delivery import Abandoned, Dead, Delivery, Done, Incoming, Wait, describe
from services.chassis.bus.health import Health, serve_health
from services.chassis.bus.housekeeping import HOUSEKEEPING, keep_house
from services.chassis.bus.publisher import NotConfirmed, Outgoing, Publisher
from services.chassis.bus.relay import Relay
from services.chassis.clock import clock_from
from services.chassis.database import dsn, engine_from, sessions_from
from services.chassis.sections import load_section_keys
from services.chassis.settings import ProcessSettings
from services.chassis.telemetry import configure, logger

MAX_WORKERS = 4
HANDLER_SECONDS = 60
_IDLE_SECONDS = 30.0
_TIMER_LOCK = 0x71E8

log = logger(__name__)


class Connection(Protocol):
    """A connection of kombu to the broker, as far as it is touched here."""

    connected: bool


class Channel(Protocol):
    """A channel of kombu; it has no connection any more once it is closed."""

    connection: Connection | None


class Delivered(Protocol):
    """A message as kombu delivers it; what the library could not read is a text, or headers of any kind."""

    headers: Mapping[str, object] | None
    body: str | bytes | memoryview
    content_type: str | None
    channel: Channel

    def ack(self) -> None:
        """Tell the broker that it is done with."""

    def reject(self) -> None:
        """Tell the broker to park it."""


class Runtime:
    """What the extensions of one bus process share."""

    def __init__(self, service: str, settings: ProcessSettings) -> None:
        self.service = service
        self.database_url = settings.database_url.get_secret_value()
        self.amqp_uri = settings.amqp_uri.get_secret_value()
        self.ending = False
        self.clock = clock_from(settings.clock_file)
        self.engine = engine_from(self.database_url, pool_size=MAX_WORKERS + 4, statement_seconds=30)
        self.sessions: sessionmaker[Session] = sessions_from(self.engine)
        self.keys = settings.opened("section_keys_file", load_section_keys)
        self.delivery = Delivery(
            service=service,
            sessions=self.sessions,
            clock=self.clock,
            keys=self.keys,
            stopping=lambda: self.ending,
            timeouts=(eventlet.Timeout,),
        )
        self._lock = threading.Lock()
        self._used = 0.0
        self._publisher = Publisher(partial(topology.connect, self.amqp_uri), prepare=lambda channel: None)

    def receive(self, listening: Listening, message: Delivered, act: Callable[..., None]) -> None:
        """Apply a delivered message and answer the broker, whatever the message holds.

        Never raises, so nameko never sees an error: it would leave the message unsettled, and a few such stop a queue.
        What nobody foresaw is rejected, which makes the broker park it as it is.
        """
        settle = message.ack
        try:
            incoming = Incoming(message.headers or {}, _bytes(message.body), message.content_type or "")
            verdict = self.delivery.handle(listening, incoming, partial(_bounded, act))
            if isinstance(verdict, Abandoned):
                return
            if not isinstance(verdict, Done) and not self._move(listening, incoming, verdict):
                return
        except Exception as error:
            log.error("event_rejected", event_type=listening.topic, error=describe(error))
            settle = message.reject
        try:
            if message.channel.connection:
                settle()
        except (AMQPError, OSError) as error:
            log.warning("unsettled", error=type(error).__name__, event_type=listening.topic)

    def _move(self, listening: Listening, incoming: Incoming, verdict: Wait | Dead) -> bool:
        """Put the message where it waits or is parked, confirmed, before the delivery is acknowledged."""
        queue = topology.queue_name(self.service, listening.topic)
        carried = headers.sendable(incoming.headers)
        identity = headers.word(carried, "id")[:36]
        if isinstance(verdict, Wait):
            exchange, key = topology.retry_name(self.service, verdict.milliseconds), queue
        else:
            exchange, key = "", topology.dead_name(self.service)
        moved = Outgoing(exchange, key, identity, incoming.body, carried | verdict.headers, incoming.content_type)
        while not self.ending:
            try:
                with self._lock:
                    if time.monotonic() - self._used > _IDLE_SECONDS:
                        self._publisher.close()
                    self._used = time.monotonic()
                    if not self._publisher.publish([moved]):
                        return True
                log.error("nowhere_to_put", exchange=exchange, queue=key)
            except (AMQPError, OSError, NotConfirmed) as error:
                log.warning("not_moved", error=type(error).__name__, event_type=listening.topic)
            eventlet.sleep(1.0)
        return False


class _ReliableConsumer(QueueConsumer):
    """nameko's consumer, but with our own declarations, raw bytes, and no life after its channel (FAULT-3)."""

    _channel: Channel | None = None
    _open: Connection | None = None

    def get_consumers(self, consumer_cls: Any, channel: Any) -> Any:
        topics = [provider.listening.topic for provider in self._providers]
        topology.declare_listener(channel, self.container.service_name, topics)
        for provider in self._providers:
            delivered = partial(self._delivered, provider)
            consumer = consumer_cls(
                queues=[provider.queue], on_message=delivered, on_decode_error=delivered, auto_declare=False
            )
            consumer.qos(prefetch_count=self.prefetch_count)
            self._consumers[provider] = consumer
        return self._consumers.values()

    def _delivered(self, provider: "_Listener", message: Delivered, _: Exception | None = None) -> None:
        """What the library could not read is handed on as it came: an error here would end the consumer."""
        self.handle_message(provider, None, message)

    def on_consume_ready(self, connection: object, channel: Channel, consumers: object, **kwargs: object) -> None:
        self._channel, self._open = channel, channel.connection
        log.info("consuming", queues=len(self._providers))
        super().on_consume_ready(connection, channel, consumers, **kwargs)

    def on_iteration(self) -> None:
        super().on_iteration()
        if self._channel is not None and not self.should_stop and not self.consuming():
            self._channel = None
            raise RecoverableConnectionError("the consuming channel is gone")

    def on_connection_error(self, exc: Exception, interval: float) -> None:
        log.warning("broker_gone", error=type(exc).__name__, again_in=interval)

    def consuming(self) -> bool:
        """Whether the channel that holds the consumers is open."""
        if self._channel is None or self._open is None or self._channel.connection is None:
            return False
        return bool(self._open.connected)


class _Listener(Consumer):
    """One queue."""

    queue_consumer = _ReliableConsumer()

    def __init__(self, listening: Listening, service: str) -> None:
        self.listening = listening
        queue = Queue(topology.queue_name(service, listening.topic), durable=True, no_declare=True)  # type: ignore[no-untyped-call]
        super().__init__(queue)

    def handle_message(self, body: None, message: Delivered) -> None:
        """The worker settles the message itself; one that never starts is left to the broker."""
        with suppress(ContainerBeingKilled):
            self.container.spawn_worker(self, (message,), {})


class _Timer(Entrypoint):
    """Runs a method by the clock, outside the workers that handle messages."""

    def __init__(self, recurring: Recurring, runtime: Runtime) -> None:
        self._recurring = recurring
        self._runtime = runtime
        self._running = threading.Lock()
        super().__init__()

    def start(self) -> None:
        self.container.spawn_managed_thread(self._loop, identifier=f"timer {self._recurring.method}")

    def stop(self) -> None:
        """Let a run under way finish."""
        with self._running:
            pass

    def _loop(self) -> None:
        act = partial(getattr(self.container.service_cls, self._recurring.method), self.container.service_cls())
        while not self._runtime.ending:
            with self._running:
                outcome = run_timer(self._runtime, self._recurring, act)
            metrics.TIMER_RUNS.labels(self._recurring.method, outcome).inc()
            eventlet.sleep(self._recurring.seconds)


def run_timer(runtime: Runtime, recurring: Recurring, act: Callable[..., None]) -> str:
    """One run, unless another process of the service is at it; an error waits for the next run."""
    name = recurring.method
    try:
        if recurring.calls:
            act(runtime.sessions, runtime.clock)
            return "done"
        with runtime.sessions.begin() as session:
            lock = text("select pg_try_advisory_xact_lock(:kind, hashtext(:name))")
            if not session.execute(lock, {"kind": _TIMER_LOCK, "name": name}).scalar_one():
                return "elsewhere"
            act(session, runtime.clock())
    except (Exception, eventlet.Timeout) as error:
        log.warning("timer_failed", timer=name, error=describe(error))
        return "failed"
    return "done"


class _RelayProvider(DependencyProvider):
    """Runs the relay beside the handlers."""

    def __init__(self, relay: Relay, runtime: Runtime) -> None:
        self._relay = relay
        self._runtime = runtime
        self._thread: Any = None

    def start(self) -> None:
        self._thread = self.container.spawn_managed_thread(partial(self._relay.run, lambda: self._runtime.ending))

    def stop(self) -> None:
        """Let the batch under way be confirmed, unless the broker holds it up."""
        with eventlet.Timeout(3, exception=False):
            self._thread.wait()


def _bounded(act: Callable[..., None], *arguments: object) -> None:
    with eventlet.Timeout(HANDLER_SECONDS):
        act(*arguments)


def _bytes(body: str | bytes | memoryview) -> bytes:
    return body.encode("utf-8", "surrogateescape") if isinstance(body, str) else bytes(body)


def _service_class(bus_class: type, runtime: Runtime) -> type:
    """The class that nameko runs: a worker method for each handler and timer, and the relay."""
    members: dict[str, object] = {"name": runtime.service}
    for listening in listenings(bus_class):

        def receive(self: object, message: Delivered, listening: Listening = listening) -> None:
            runtime.receive(listening, message, partial(getattr(bus_class, listening.method), self))

        members[f"receive {listening.topic}"] = _Listener.decorator(listening, runtime.service)(receive)
    for recurring in recurrings(bus_class):

        def tick(self: object) -> None:
            """nameko wants a method to hang the timer on; the timer calls the bus class itself."""

        members[f"tick {recurring.method}"] = _Timer.decorator(recurring, runtime)(tick)
    if has_relay(bus_class):
        relay = Relay(
            service=runtime.service,
            database_dsn=dsn(runtime.database_url),
            amqp_uri=runtime.amqp_uri,
            keys=runtime.keys,
            listeners=topology.listeners(),
        )
        members["sote_relay"] = _RelayProvider(relay, runtime)
    return type(f"{bus_class.__name__}Worker", (bus_class,), members)


def run_worker(bus_class: type, service: str, settings: ProcessSettings) -> None:
    """Serve until SIGTERM or Ctrl-C, then finish what is under way and return within `drain_seconds`."""
    configure(service, "bus", settings.log_level)
    for library in ("nameko", "kombu", "amqp"):
        logging.getLogger(library).setLevel(logging.WARNING)
    headers.read_whatever_comes()
    runtime = Runtime(service, settings)
    bus_class = type(bus_class.__name__, (bus_class,), {"sote_keep_house": keep_house})
    queues = [topology.queue_name(service, listening.topic) for listening in listenings(bus_class)]
    health = Health(runtime.amqp_uri, service, queues, runtime.delivery.database_answers)
    serve_health(health, settings.bind_host, settings.bus_metrics_port)
    config = {"AMQP_URI": runtime.amqp_uri, "HEARTBEAT": topology.HEARTBEAT, "max_workers": MAX_WORKERS}
    runner = ServiceRunner(config)
    runner.add_service(_service_class(bus_class, runtime))
    stopped = threading.Event()

    def stop() -> None:
        log.info("stopping")
        health.stopping = True
        eventlet.spawn_after(settings.drain_seconds, os._exit, 1)
        runtime.ending = True
        runner.stop()
        stopped.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: eventlet.spawn_n(stop))
    log.info("starting", queues=len(queues), housekeeping=HOUSEKEEPING)
    runner.start()
    _wait(runner, stopped)


def _wait(runner: ServiceRunner, stopped: threading.Event) -> None:
    waiter = eventlet.spawn(runner.wait)
    while True:
        try:
            waiter.wait()
            stopped.wait(0.1)
            return
        except InterruptedError:
            continue
