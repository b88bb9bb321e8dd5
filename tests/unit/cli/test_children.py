"""Ports and the end of child processes."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from cli.county import children, state


def test_ports_differ_and_a_taken_one_is_replaced() -> None:
    [preferred] = children.free_ports([0])
    with closing(socket.socket()) as taken:
        taken.bind((children.LOOPBACK, preferred))
        taken.listen(1)
        found = children.free_ports([preferred, 0, 0])
    assert preferred not in found
    assert len(set(found)) == 3
    assert children.free_port(preferred) == preferred


def test_a_child_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    parent = (
        "import subprocess, sys, time; from cli.county import children; "
        "child = subprocess.Popen(children.guarded(['sleep', '60'])); "
        "print(child.pid, flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    child = int(process.stdout.readline())
    # The wrapper asks the kernel for its farewell before it becomes `sleep`.
    while Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")[0] != b"sleep":
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    end = time.monotonic() + 10
    while state.alive(child) and time.monotonic() < end:
        time.sleep(0.02)
    assert not state.alive(child)


def test_a_child_that_ignores_sigterm_is_killed(tmp_path: Path) -> None:
    stubborn = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    )
    log = tmp_path / "log"
    process = children.start([sys.executable, "-c", stubborn], env=dict(os.environ), log=log)
    while "up" not in log.read_text():
        time.sleep(0.02)
    assert not children.stop(process, grace=0.3)
    assert process.returncode == -signal.SIGKILL


def test_a_server_that_ends_early_tells_its_last_words(tmp_path: Path) -> None:
    log = tmp_path / "log"
    process = children.start([sys.executable, "-c", "raise SystemExit('no such table')"], env=dict(os.environ), log=log)
    with pytest.raises(children.DidNotStart, match="no such table"):
        children.wait_ready(process, lambda: False, log=log, seconds=20)
