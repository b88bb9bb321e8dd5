"""/live, /ready and /metrics of a bus process."""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import amqp
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from services.chassis.bus import metrics, topology
from services.chassis.telemetry import logger

_FRESH_SECONDS = 5.0
_PROBLEM_SECONDS = 0.2

log = logger(__name__)


class Health:
    """Ready: somebody consumes each of the service's queues, by the broker's own count, and the database answers."""

    def __init__(
        self, amqp_uri: str, service: str, queues: Sequence[str], database_answers: Callable[[], bool]
    ) -> None:
        self.stopping = False
        self._dead = topology.dead_name(service)
        self._uri = amqp_uri
        self._queues = queues
        self._database_answers = database_answers
        self._connection: amqp.Connection | None = None
        self._lock = threading.Lock()
        self._asked = float("-inf")
        self._problem = "not asked yet"

    def problem(self) -> str:
        """Why the process is not ready; empty when it is. What was well is asked anew after five seconds."""
        if self.stopping:
            return "stopping"
        with self._lock:
            if time.monotonic() - self._asked > (_PROBLEM_SECONDS if self._problem else _FRESH_SECONDS):
                self._problem = self._ask()
                self._asked = time.monotonic()
            return self._problem

    def _ask(self) -> str:
        if not self._database_answers():
            return "the database does not answer"
        try:
            return self._missing_consumers()
        except (amqp.AMQPError, OSError) as error:
            if self._connection is not None:
                self._connection.collect()
            self._connection = None
            return f"the broker does not answer: {type(error).__name__}"

    def _missing_consumers(self) -> str:
        if self._connection is None or not self._connection.connected:
            self._connection = topology.connect(self._uri)
        channel = self._connection.channel()
        with suppress(TimeoutError):
            self._connection.drain_events(timeout=0.001)
        self._connection.heartbeat_tick()
        idle = [queue for queue in self._queues if not channel.queue_declare(queue, passive=True).consumer_count]
        if self._queues:
            metrics.DEAD_LETTERS_WAITING.set(channel.queue_declare(self._dead, passive=True).message_count)
        channel.close()
        return f"nobody consumes {', '.join(idle)}" if idle else ""


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, health: Health, *arguments: object) -> None:
        self._health = health
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer one of the three paths."""
        if self.path == "/metrics":
            self._reply(200, generate_latest(), CONTENT_TYPE_LATEST)
        elif self.path == "/live":
            self._reply(200, b"live\n")
        elif self.path == "/ready":
            problem = self._health.problem()
            self._reply(503 if problem else 200, f"{problem or 'ready'}\n".encode())
        else:
            self._reply(404, b"/live, /ready, /metrics\n")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Probes are not logged."""

    def _reply(self, status: int, body: bytes, content_type: str = "text/plain; charset=utf-8") -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def serve_health(health: Health, host: str, port: int) -> int:
    """Answer in the background; gives the port (0: a free one)."""
    server = ThreadingHTTPServer((host, port), partial(_Handler, health))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    log.info("health", port=server.server_port)
    return int(server.server_port)
