"""The platform of one county on this machine: servers, migrations and twelve processes, kept alive by a thread."""

import fcntl
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

from cli.county import state
from cli.county.children import LOOPBACK, DidNotStart, last_words
from cli.county.environment import Ports, choose_ports, county_environment
from cli.county.keys import Keys, ensure_keys
from cli.county.migrations import history_was_rewritten, migrate_all
from cli.county.places import SERVICES, Places, default_places
from cli.county.probes import api_probe, bus_probe
from cli.county.servers import Servers
from cli.county.supervised import Recipe, Report, Supervised

TICK_SECONDS = 0.2
GRACE_SECONDS = 30.0
HOPELESS_DEATHS = 4
"""A process that died so often while the county starts will not come up."""


class AlreadyRuns(Exception):
    """The county of this directory runs already, under another supervisor."""


class Platform:
    """Start, supervise and stop a county; commands, the demo and the tests use this one class.

    All children are started by the supervisor's thread, because they end with the thread that started them. `say` is
    told each step while it starts.
    """

    def __init__(
        self,
        places: Places | None = None,
        *,
        services: Sequence[str] = SERVICES,
        given: Mapping[str, str] = os.environ,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.places = places or default_places()
        self.environment: dict[str, str] = {}
        self.keys: Keys | None = None
        self._services = tuple(services)
        self._given = given
        self._say = say
        self._servers = Servers(self.places, given)
        self._ports: dict[str, Ports] = {}
        self._processes: dict[str, Supervised] = {}
        self._stopping = threading.Event()
        self._started = threading.Event()
        self.failure: Exception | None = None
        self._lock: IO[str] | None = None
        self._written: list[Report] = []
        self._since = state.instant()
        self._thread = threading.Thread(target=self._run, name="supervisor", daemon=True)

    def start(self, *, seconds: float = 240.0) -> "Platform":
        """Start everything; return when every process is ready, or stop all and raise DidNotStart with the reason."""
        self._thread.start()
        try:
            self._started.wait()
            if self.failure is not None:
                raise self.failure
            self.wait_ready(seconds=seconds, deaths=HOPELESS_DEATHS)
        except BaseException:  # Ctrl-C included
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Ask every process to end, wait, kill only what does not; then stop the private servers."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def wait_ready(self, *, seconds: float = 60.0, deaths: int = sys.maxsize) -> None:
        """Return when every process is ready; DidNotStart names those that are not, with their last words.

        It is raised when time is up, or earlier when a process has died so many times.
        """
        end = time.monotonic() + seconds
        while late := [report for report in self.reports() if report.state != "ready"]:
            if self.failure is not None:
                raise self.failure
            if time.monotonic() > end or any(report.restarts >= deaths for report in late):
                logs = [f"{report.name}:\n{last_words(self._log(report.name), 12)}" for report in late]
                raise DidNotStart(f"not ready: {', '.join(r.name for r in late)}\n" + "\n".join(logs))
            time.sleep(0.05)

    def kill(self, name: str) -> int:
        """Kill -9 a process (`voucher-bus`) with its workers, as a fault test wants it; its former process id.

        Returns when the supervisor has noticed: `wait_ready` then waits for the next one.
        """
        pid = self._processes[name].pid
        if pid is None:
            raise ProcessLookupError(name)
        os.killpg(pid, signal.SIGKILL)
        while self._processes[name].pid == pid:
            time.sleep(0.01)
        return pid

    def reports(self) -> list[Report]:
        """What is known of each process now."""
        return [process.report() for process in self._processes.values()]

    def address(self, service: str) -> str:
        """host:port of a service's api."""
        return self.current().address(service)

    def current(self) -> state.State:
        """The state as other commands see it."""
        return state.State(
            supervisor=state.own_pid(),
            started_at=self._since,
            processes={report.name: report for report in self.reports()},
            databases=self._servers.database_urls(),
            amqp_uri=self._servers.amqp_uri(),
            servers=self._servers.pids(),
        )

    @property
    def servers(self) -> Servers:
        """The database server and broker, for fault tests."""
        return self._servers

    def _run(self) -> None:
        try:
            self._bring_up()
        except Exception as error:
            self.failure = error
        self._started.set()
        try:
            if self.failure is None:
                self._supervise()
        except Exception as error:
            self.failure = error
        finally:
            self._bring_down()

    def _bring_up(self) -> None:
        self._lock = _lock(self.places.make())
        self.keys = ensure_keys(self.places.keys)
        if history_was_rewritten(self.places):
            self._say("the schema's history was rewritten: this machine's county begins anew")
            for folder in (self.places.postgres, self.places.rabbitmq):
                shutil.rmtree(folder)
        if self._servers.names:
            self._say(f"starting {' and '.join(self._servers.names)}")
        self._servers.launch()
        self._ports = choose_ports(self.places)
        self.environment = county_environment(self.places, self.keys, self._servers, self._ports, self._given)
        self._say("migrating the databases")
        migrate_all(self._services, self.environment, self.places, private=self._servers.all_private)
        self._say("starting the processes")
        self._processes = {recipe.name: Supervised(recipe) for recipe in self._recipes()}
        for name, process in self._processes.items():
            if name.endswith("-api"):
                process.start()
        self._servers.wait()
        for name, process in self._processes.items():
            if name.endswith("-bus"):
                process.start()

    def _supervise(self) -> None:
        with ThreadPoolExecutor(len(self._processes) or 1, thread_name_prefix="probe") as pool:
            while not self._stopping.wait(TICK_SECONDS):
                self._servers.tend()
                for process in self._processes.values():
                    process.tend()
                list(pool.map(Supervised.probe, self._processes.values()))
                self._write_state()

    def _bring_down(self) -> None:
        for process in self._processes.values():
            process.ask_to_end()
        end = time.monotonic() + GRACE_SECONDS
        killed = [p.recipe.name for p in self._processes.values() if not p.end(max(0.1, end - time.monotonic()))]
        if killed:
            self._say(f"killed after {GRACE_SECONDS:.0f} s: {', '.join(killed)}")
        self._servers.stop()
        if self._lock is not None:
            state.forget(self.places)
            self._lock.close()

    def _write_state(self) -> None:
        reports = self.reports()
        if reports != self._written:
            self._written = reports
            state.save(self.places, self.current())

    def _recipes(self) -> list[Recipe]:
        return [self._recipe(service, kind) for kind in ("api", "bus") for service in self._services]

    def _recipe(self, service: str, kind: str) -> Recipe:
        ports = self._ports[service]
        metrics = ports.api_metrics if kind == "api" else ports.bus_metrics
        # psycopg would block the bus's green threads unless it waits through the selector (patched by eventlet).
        extra = {} if kind == "api" else {"PSYCOPG_WAIT_FUNC": "wait_selector"}
        return Recipe(
            name=f"{service}-{kind}",
            argv=[sys.executable, "-m", f"services.{service}", kind],
            env=self.environment | extra,
            log=self._log(f"{service}-{kind}"),
            ready=api_probe(ports.grpc) if kind == "api" else bus_probe(metrics),
            address=f"{LOOPBACK}:{ports.grpc}" if kind == "api" else "",
            metrics_port=metrics,
        )

    def _log(self, name: str) -> Path:
        return self.places.logs / f"{name}.log"


def _lock(places: Places) -> IO[str]:
    """The county's directory for this supervisor alone, until the file is closed or the process ends."""
    stream = places.lock.open("w")
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        stream.close()
        raise AlreadyRuns(f"the county in {places.root} runs already: see `sote status`") from None
    return stream
