"""The synchronous gRPC server of a service: one interceptor chain, health, reflection, workers, draining."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from services.chassis.call_guard import CallGuard
from services.chassis.grpc_chain import Chain, Method
from services.chassis.identity import TokenVerifier
from services.chassis.policy import Policy, UndeclaredMethod
from services.chassis.refusals import Refusals
from services.chassis.settings import ProcessSettings
from services.chassis.telemetry import configure, logger, start_metrics

LARGEST_REQUEST = 4 * 1024 * 1024
READINESS = "readiness"
OPEN_SERVICES = (health.SERVICE_NAME, reflection.SERVICE_NAME)
_WORKER = "SOTE_API_WORKER"
_MULTIPROCESS = "PROMETHEUS_MULTIPROC_DIR"

log = logger("server")
Servicers = Sequence[tuple[Callable[[Any, Any], None], object]]


@dataclass(frozen=True)
class Api:
    """Everything a service's `__main__.build_api(settings, clock)` hands to `serve`, and tests to a server in process.

    `servicers` pairs the generated `add_…Servicer_to_server` with the servicer; `constraints` names the database
    constraints whose violation is a refusal; `ready` says whether the process can work (its database answers);
    `close` lets go of what the process holds, after the last call.
    """

    service: str
    servicers: Servicers
    policy: Policy
    refusals: Mapping[type[Exception], grpc.StatusCode]
    ready: Callable[[], bool]
    constraints: Mapping[str, Callable[[], Exception]] = field(default_factory=dict)
    close: Callable[[], None] = lambda: None


class RunningServer:
    """One server in this process: started on construction, `port` known, `stop` drains it."""

    def __init__(self, api: Api, settings: ProcessSettings, *, reuse_port: bool = False) -> None:
        verifier = verifier_from(settings)
        refusals = Refusals(api.service, api.refusals, api.constraints)
        self._chain = Chain(CallGuard(verifier=verifier, policy=api.policy, refusals=refusals))
        self._close = api.close
        self._pool = ThreadPoolExecutor(settings.threads, thread_name_prefix="rpc")
        self._server = grpc.server(
            self._pool,
            interceptors=[self._chain],
            options=server_options(reuse_port),
            maximum_concurrent_rpcs=settings.threads * 64,
        )
        self.services = registered(api.servicers, api.policy)
        for add, servicer in api.servicers:
            add(servicer, self._server)
        self._health = health.HealthServicer()
        health_pb2_grpc.add_HealthServicer_to_server(self._health, self._server)
        if settings.reflection:
            reflection.enable_server_reflection([*self.services, *OPEN_SERVICES], self._server)
        self.port = self._server.add_insecure_port(f"{settings.bind_host}:{settings.grpc_port}")
        self._server.start()
        self._stopped = threading.Event()
        self._tell("", serving=True)
        self._watcher = threading.Thread(target=self._watch, args=(api.ready,), name="readiness", daemon=True)
        self._watcher.start()
        threading.Thread(target=self._end_the_silent, name="silent", daemon=True).start()

    def stop(self, grace: float) -> None:
        """Say NOT_SERVING, take no new call, let those under way finish within `grace` seconds."""
        self._stopped.set()
        self._health.enter_graceful_shutdown()
        self._server.stop(grace).wait()
        self._watcher.join(timeout=2.0)
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._chain.close()
        self._close()

    def _watch(self, ready: Callable[[], bool]) -> None:
        """Ask once a second whether the process can work, and publish the answer for load balancers."""
        while True:
            try:
                serving = ready()
            except Exception as error:
                log.warning("not ready", error=type(error).__name__)
                serving = False
            for name in (*self.services, READINESS):
                self._tell(name, serving=serving)
            if self._stopped.wait(1.0):
                return

    def _end_the_silent(self) -> None:
        while not self._stopped.wait(0.5):
            self._chain.end_the_silent()

    def _tell(self, name: str, *, serving: bool) -> None:
        status = health_pb2.HealthCheckResponse
        self._health.set(name, status.SERVING if serving else status.NOT_SERVING)


def serve(api: Api, settings: ProcessSettings) -> None:
    """Serve until SIGTERM or SIGINT, with `settings.workers` processes on one port when there are several."""

    def work(*, reuse_port: bool) -> None:
        server = RunningServer(api, settings, reuse_port=reuse_port)
        log.info("listening", port=server.port, services=server.services)
        wait_for_end()
        log.info("draining", seconds=settings.drain_seconds)
        server.stop(settings.drain_seconds)

    run_process(api.service, settings, work)


def run_process(service: str, settings: ProcessSettings, work: Callable[..., None]) -> None:
    """Run `work(reuse_port=...)` as this process, or as the leader of several that share port and metrics."""
    configure(service, "api", settings.log_level)
    if is_worker():
        work(reuse_port=True)
    elif settings.workers > 1:
        _lead(service, settings)
    else:
        start_metrics(settings.bind_host, settings.api_metrics_port)
        work(reuse_port=False)


def is_worker() -> bool:
    """Whether a leader of several processes has started this one."""
    return _WORKER in os.environ


def leader_gone() -> bool:
    """Whether the leader that started this worker has died: the worker then ends too."""
    return is_worker() and os.getppid() != int(os.environ[_WORKER])


def verifier_from(settings: ProcessSettings) -> TokenVerifier:
    """The verifier of access tokens that a process's settings describe."""
    made = partial(TokenVerifier, issuer=settings.token_issuer, max_seconds=settings.token_max_seconds)
    return settings.opened("jwks_file", made)


def wait_for_end() -> None:
    """Return at SIGTERM or SIGINT; a worker also ends with the leader that started it."""
    signals = _asked_to_end()
    while not signals and not leader_gone():
        time.sleep(0.1)


def _asked_to_end() -> list[int]:
    """Holds the signal once SIGTERM or SIGINT has come.

    Not an Event: a handler runs between two lines of the very thread that waits, which may hold the Event's lock just
    then, and `set` would wait for itself for ever.
    """
    signals: list[int] = []
    for expected in (signal.SIGTERM, signal.SIGINT):
        signal.signal(expected, lambda number, _: signals.append(number))
    return signals


def _lead(service: str, settings: ProcessSettings) -> None:
    """Start the workers as fresh processes (never forked), serve their summed metrics, end when one of them ends."""
    if not settings.grpc_port:
        raise ValueError("several workers need a fixed port to share")
    with tempfile.TemporaryDirectory(prefix=f"{service}-metrics-") as folder:
        environment = {**os.environ, _WORKER: str(os.getpid()), _MULTIPROCESS: folder}
        command = [sys.executable, *sys.orig_argv[1:]]
        workers = [subprocess.Popen(command, env=environment) for _ in range(settings.workers)]
        start_metrics(settings.bind_host, settings.api_metrics_port, folder=folder)
        signals = _asked_to_end()
        while not signals and all(worker.poll() is None for worker in workers):
            time.sleep(0.1)
        died = [worker.returncode for worker in workers if worker.poll() is not None]
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.wait(settings.drain_seconds + 5)
        if died and not signals:
            raise SystemExit(f"a worker ended with {died[0]}")


class _Recorder:
    """Stands in for a server while servicers are added, to learn which methods they bring."""

    def __init__(self) -> None:
        self.handlers: dict[str, Mapping[str, Method]] = {}

    def add_generic_rpc_handlers(self, handlers: object) -> None:
        """Part of the server's interface that the generated code calls; the names come with the other one."""

    def add_registered_method_handlers(self, service: str, handlers: Mapping[str, Method]) -> None:
        """Note the methods of a service."""
        self.handlers[service] = handlers


def registered(servicers: Servicers, policy: Policy) -> list[str]:
    """Full names of the services an api brings; refuses to start with a method of undeclared access, or a stream."""
    recorder = _Recorder()
    for add, servicer in servicers:
        add(servicer, recorder)
    for service, handlers in recorder.handlers.items():
        for method, handler in handlers.items():
            if not policy.covers(f"{service}.{method}"):
                raise UndeclaredMethod(f"{service}.{method} is not in the policy of this process")
            if handler.unary_unary is None:
                raise UndeclaredMethod(f"{service}.{method} streams; the chain guards unary calls only")
    return sorted(recorder.handlers)


def server_options(reuse_port: bool) -> list[tuple[str, int]]:
    """Channel arguments of a server: limits, keepalive, and connections that end, so that callers spread again."""
    return [
        ("grpc.so_reuseport", int(reuse_port)),
        ("grpc.max_receive_message_length", LARGEST_REQUEST),
        # By default gRPC refuses some calls with more than 8 kB of metadata at random, before the token is looked at.
        ("grpc.max_metadata_size", 16 * 1024),
        ("grpc.max_concurrent_streams", 256),
        ("grpc.max_connection_age_ms", 600_000),
        ("grpc.max_connection_age_grace_ms", 30_000),
        ("grpc.http2.min_recv_ping_interval_without_data_ms", 10_000),
        ("grpc.keepalive_permit_without_calls", 1),
    ]
