"""An operator runs the whole platform: up, status, a death, a repeat, down."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.county import state
from cli.county.places import CHECKOUT, DIRECTORY_VARIABLE, SERVICES

PATIENCE = 240.0
NOT_RUNNING = 3

Sote = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def sote(tmp_path: Path) -> Sote:
    """The command over a county of this test's own."""
    environment = os.environ | {DIRECTORY_VARIABLE: str(tmp_path / "county"), "NO_COLOR": "1"}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "cli", *arguments]
        return subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)

    return run


def status(sote: Sote) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(sote("status", "--json").stdout)
    return found


def until_ready(sote: Sote, when: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The status once everything is ready and `when` holds."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = status(sote)
        if found["running"] and found["ready"] and when(found):
            return found
        time.sleep(0.3)
    pytest.fail(f"not ready: {found}")


@pytest.mark.timeout(600)
def test_up_keeps_the_county_alive_and_down_ends_all_of_it(sote: Sote, tmp_path: Path) -> None:
    started = sote("up", "--detach")
    assert started.returncode == 0, started.stderr
    try:
        first = until_ready(sote, lambda _: True)
        assert first["processes"].keys() == {f"{service}-{kind}" for service in SERVICES for kind in ("api", "bus")}
        assert (tmp_path / "county/state.json").stat().st_mode & 0o077 == 0
        assert sote("up", "--detach").returncode == 1

        victim = first["processes"]["voucher-bus"]["pid"]
        os.kill(victim, signal.SIGKILL)
        again = until_ready(sote, lambda now: now["processes"]["voucher-bus"]["restarts"] == 1)
        assert again["processes"]["voucher-bus"]["pid"] != victim
        assert again["processes"]["voucher-bus"]["exit_code"] == -signal.SIGKILL
    finally:
        assert sote("down").returncode == 0
    ended = [again["supervisor"], *again["servers"].values(), *(its["pid"] for its in again["processes"].values())]
    assert [pid for pid in ended if state.alive(pid)] == []
    assert sote("status").returncode == NOT_RUNNING
    assert sote("down").returncode == 0
