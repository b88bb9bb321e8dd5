"""A process that dies is started again, more and more patiently."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from cli.county import supervised
from cli.county.supervised import Recipe, Supervised

DIES = "raise SystemExit(7)"
LIVES = "import time; time.sleep(60)"


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def process(program: str, folder: Path, clock: Callable[[], float], ready: bool = True) -> Supervised:
    recipe = Recipe("x-api", [sys.executable, "-c", program], os.environ, folder / "x.log", lambda: ready, "", 0)
    return Supervised(recipe, now=clock)


def die(its: Supervised) -> None:
    """Wait for the process's end and let the supervisor notice."""
    restarts = its.restarts
    end = time.monotonic() + 20
    while its.state != "down" and time.monotonic() < end:
        its.tend()
        time.sleep(0.01)
    assert its.restarts == restarts
    assert its.pid is None


def test_delays_grow_to_a_limit_and_begin_anew_after_a_steady_life(tmp_path: Path) -> None:
    clock = Clock()
    its = process(DIES, tmp_path, clock)
    its.start()
    delays = []
    for _ in range(3):
        die(its)
        assert its.report().exit_code == 7
        before = clock.seconds
        while its.pid is None:
            its.tend()
            clock.seconds += 0.05
        delays.append(round(clock.seconds - before, 1))
    assert delays == sorted(delays)
    assert delays[2] >= 4 * supervised.FIRST_DELAY
    clock.seconds += supervised.STEADY_SECONDS
    die(its)
    clock.seconds += supervised.FIRST_DELAY
    its.tend()
    assert its.restarts == 4
    its.end(5)


def test_states_follow_the_probe(tmp_path: Path) -> None:
    its = process(LIVES, tmp_path, Clock())
    its.start()
    assert its.report().state == "starting"
    its.probe()
    assert its.report().state == "ready"
    its.ask_to_end()
    assert its.end(10)
    assert its.report().state == "down"
