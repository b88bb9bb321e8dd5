"""What operators see of a process: one JSON line per happening, trace ids, and metrics on a port of its own."""

import logging
import re
import secrets
import sys
import traceback
import warnings

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector
from structlog.typing import EventDict, Processor

from services.chassis.context import current_cause

LATENCY_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_RPC = ("grpc_type", "grpc_service", "grpc_method")

# The names of go-grpc-middleware: every public dashboard expects them.
RPC_STARTED = Counter("grpc_server_started_total", "RPCs started on the server.", _RPC)
RPC_HANDLED = Counter("grpc_server_handled_total", "RPCs completed, whatever the outcome.", (*_RPC, "grpc_code"))
RPC_SECONDS = Histogram("grpc_server_handling_seconds", "Time from start to end.", _RPC, buckets=LATENCY_BUCKETS)
RPC_RECEIVED = Counter("grpc_server_msg_received_total", "Messages received.", _RPC)
RPC_SENT = Counter("grpc_server_msg_sent_total", "Messages sent.", _RPC)
BUILD_INFO = Gauge(
    "build_info", "Constant 1; what runs here.", ("service", "process", "version"), multiprocess_mode="mostrecent"
)

VERSION = "0.1.0"

# A Finnish personal identity code in any century sign; nothing of this shape ever reaches a log (INV-25).
_PERSONAL = re.compile(r"\b\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]\b", re.IGNORECASE)
_TRACEPARENT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}")
_NO_TRACE = "0" * 32


def configure(service: str, process: str, level: str = "INFO") -> None:
    """Log as JSON on standard output from now on, standard library loggers included, and tell the build metric."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _cause_of_line,
    ]
    last: list[Processor] = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(), _scrubbed]
    structlog.configure(
        processors=[*shared, *last],
        wrapper_class=structlog.make_filtering_bound_logger(level.lower()),
        logger_factory=structlog.WriteLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    logging.captureWarnings(True)
    _LABELS.update(service=service, process=process)
    BUILD_INFO.labels(service, process, VERSION).set(1)


_LABELS: dict[str, str] = {}


def logger(name: str) -> structlog.typing.FilteringBoundLogger:
    """A logger of events: `log.info("rpc", method=..., code=...)`; never a payload, never a person."""
    bound: structlog.typing.FilteringBoundLogger = structlog.get_logger(room=name)
    return bound


def described(error: BaseException) -> dict[str, str | list[str]]:
    """An error for the log: its kinds, where it was raised, what the database says of it; never its text.

    Texts of errors quote what they could not handle: a key, a row, a parameter, and with them a person (INV-25).
    """
    chain = [error]
    while (cause := chain[-1].__cause__ or chain[-1].__context__) is not None and cause not in chain:
        chain.append(cause)
    frames = traceback.extract_tb(error.__traceback__)
    description: dict[str, str | list[str]] = {
        "error": " from ".join(type(link).__qualname__ for link in chain),
        "frames": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
    for link in chain:
        if state := getattr(link, "sqlstate", None):
            description["sqlstate"] = state
            description["constraint"] = getattr(getattr(link, "diag", None), "constraint_name", None) or ""
    return description


def child_of(traceparent: str) -> str:
    """The traceparent (W3C) of work caused by `traceparent`; of a new trace when that is absent or malformed."""
    parent = _TRACEPARENT.fullmatch(traceparent)
    trace = parent.group(1) if parent and parent.group(1) != _NO_TRACE else secrets.token_hex(16)
    return f"00-{trace}-{secrets.token_hex(8)}-01"


def start_metrics(host: str, port: int, *, folder: str | None = None) -> int:
    """Serve /metrics at an address (port 0: a free one), of all workers when they share `folder`; gives the port."""
    if folder is None:
        server, _ = start_http_server(port, addr=host)
    else:
        registry = CollectorRegistry()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            MultiProcessCollector(registry, path=folder)  # type: ignore[no-untyped-call]
        server, _ = start_http_server(port, addr=host, registry=registry)
    return int(server.server_port)


def _cause_of_line(_: object, __: str, line: EventDict) -> EventDict:
    """Every line tells which process wrote it and, inside a call or message, what caused it."""
    cause = current_cause()
    line.update(_LABELS)
    if cause.correlation_id:
        line.setdefault("correlation_id", cause.correlation_id)
    if span := _TRACEPARENT.fullmatch(cause.traceparent):
        line["trace_id"], line["span_id"] = span.group(1), span.group(2)
    return line


def _scrubbed(_: object, __: str, line: EventDict | str) -> str:
    """The rendered line without personal identity codes; the renderer before has made it a text."""
    return _PERSONAL.sub("[personal id]", str(line))
