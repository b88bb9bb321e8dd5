"""One process under supervision: started, watched, started again with growing patience when it dies."""

import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cli.county import children
from cli.county.places import CHECKOUT
from cli.county.probes import Probe

FIRST_DELAY = 0.25
LONGEST_DELAY = 15.0
STEADY_SECONDS = 30.0
"""A process that lived this long died of something new: patience starts again."""
PROBE_AGAIN_SECONDS = 1.0
LARGEST_LOG = 20 * 1024 * 1024


@dataclass(frozen=True)
class Recipe:
    """How to start a process and how to know that it is ready."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    log: Path
    ready: Probe
    address: str
    metrics_port: int


@dataclass(frozen=True)
class Report:
    """What is known of a process at a moment."""

    name: str
    pid: int | None
    address: str
    metrics_port: int
    state: str
    """starting, ready, unready or down."""
    restarts: int
    exit_code: int | None
    """Of its last death."""


@dataclass
class Supervised:
    """A process and its history; every method is called by the supervisor's thread except `report` and `pid`."""

    recipe: Recipe
    now: Callable[[], float] = time.monotonic
    restarts: int = 0
    exit_code: int | None = None
    state: str = "down"
    _process: subprocess.Popen[bytes] | None = None
    _started: float = 0.0
    _due: float = 0.0
    _probed: float = 0.0
    _delay: float = field(default=FIRST_DELAY)

    @property
    def pid(self) -> int | None:
        """Process id while it lives."""
        return self._process.pid if self._process is not None and self._process.returncode is None else None

    def start(self) -> None:
        """Start it; a log that has grown large is put aside first."""
        log = self.recipe.log
        if log.exists() and log.stat().st_size > LARGEST_LOG:
            log.replace(log.with_name(log.name + ".1"))
        argv = children.guarded(self.recipe.argv)
        self._process = children.start(argv, env=self.recipe.env, log=log, cwd=CHECKOUT)
        self._started = self.now()
        self.state = "starting"

    def tend(self) -> None:
        """Notice a death, and start again when its delay is over."""
        if self._process is not None and self._process.poll() is not None:
            self._mourn(self._process.returncode)
        if self._process is None and self.now() >= self._due:
            self.restarts += 1
            self.start()

    def probe(self) -> None:
        """Ask whether it is ready and remember the answer; a ready one is asked again after a while only."""
        if self._process is None or (self.state == "ready" and self.now() - self._probed < PROBE_AGAIN_SECONDS):
            return
        self._probed = self.now()
        ready = self.recipe.ready()
        if ready:
            self.state = "ready"
        elif self.state == "ready":
            self.state = "unready"

    def ask_to_end(self) -> None:
        """Send SIGTERM."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def end(self, grace: float) -> bool:
        """Wait for the end, kill after `grace` seconds. True when nothing had to be killed."""
        if self._process is None:
            return True
        orderly = children.stop(self._process, grace=grace)
        self._process = None
        self.state = "down"
        return orderly

    def report(self) -> Report:
        """What is known now."""
        its = self.recipe
        return Report(its.name, self.pid, its.address, its.metrics_port, self.state, self.restarts, self.exit_code)

    def _mourn(self, code: int) -> None:
        assert self._process is not None
        lived = self.now() - self._started
        self._delay = FIRST_DELAY if lived >= STEADY_SECONDS else self._delay
        self._due = self.now() + self._delay
        self._delay = min(self._delay * 2, LONGEST_DELAY)
        self.exit_code = code
        self.state = "down"
        self._process = None
