"""Child processes that never outlive their parent: how they are started, watched and stopped."""

import os
import random
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from pathlib import Path

LOOPBACK = "127.0.0.1"
SERVER_PORTS = range(20000, 32000)


class DidNotStart(Exception):
    """A server ended or stayed silent while it was expected to become ready; the message ends with its last words."""


def free_ports(preferred: Sequence[int]) -> list[int]:
    """As many different TCP ports of the loopback address that nobody listens on now, the preferred ones where free.

    0 means any. They lie below the range the kernel gives to outgoing connections, so that no caller's socket takes a
    server's port while that server restarts.
    """
    with ExitStack() as held:
        return [held.enter_context(closing(_bound(port))).getsockname()[1] for port in preferred]


def free_port(preferred: int = 0) -> int:
    """One such port."""
    return free_ports([preferred])[0]


def _bound(preferred: int) -> socket.socket:
    candidates = [preferred] if preferred else []
    candidates += random.sample(SERVER_PORTS, 200)
    for candidate in candidates:
        probe = socket.socket()
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, candidate))
            probe.listen(1)
        except OSError:
            probe.close()
        else:
            return probe
    raise DidNotStart("no free TCP port on the loopback address")


def guarded(argv: Sequence[str | Path], *, user: str | None = None, farewell: str = "TERM") -> list[str]:
    """The command wrapped so that the kernel sends `farewell` to it when the starting *thread* ends, even by kill -9.

    The wrapper replaces itself, so the pid is the server's own. Start children from a thread that lives as long as
    they do.
    """
    command = [str(part) for part in argv]
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return command
    identity = [f"--reuid={user}", f"--regid={user}", "--clear-groups"] if user else []
    return [setpriv, *identity, "--pdeathsig", farewell, "--", *command]


def start(
    argv: Sequence[str], *, env: Mapping[str, str], log: Path, cwd: Path | None = None
) -> subprocess.Popen[bytes]:
    """Start a server in a process group of its own (a Ctrl-C at the terminal is the supervisor's to handle)."""
    with log.open("ab") as sink:
        return subprocess.Popen(
            argv, env=dict(env), cwd=cwd, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, process_group=0
        )


def wait_ready(process: subprocess.Popen[bytes], ready: Callable[[], bool], *, log: Path, seconds: float) -> None:
    """Return when `ready()`; raise DidNotStart with the end of the log when the process ends or time is up."""
    end = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None:
            raise DidNotStart(f"exit code {process.returncode}\n{last_words(log)}")
        if time.monotonic() > end:
            stop(process, grace=1)
            raise DidNotStart(f"not ready after {seconds:.0f} s\n{last_words(log)}")
        time.sleep(0.05)


def stop(process: subprocess.Popen[bytes], *, grace: float, number: signal.Signals = signal.SIGTERM) -> bool:
    """Ask the process to end, wait `grace` seconds, then kill its whole group. True when it ended by itself."""
    if process.poll() is None:
        process.send_signal(number)
    try:
        process.wait(grace)
    except subprocess.TimeoutExpired:
        kill_group(process)
        return False
    return True


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill -9 the process and everything it started in its group, and wait until it is gone."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    # The others of the group die a moment later, and hold their ports until then.
    end = time.monotonic() + 5
    with suppress(ProcessLookupError):
        while time.monotonic() < end:
            os.killpg(process.pid, 0)
            time.sleep(0.01)


def last_words(log: Path, lines: int = 25) -> str:
    """The end of a log file, for an error message."""
    if not log.exists():
        return "(no log)"
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def plain_environment(**extra: str) -> dict[str, str]:
    """A small environment for foreign servers: the path and an ASCII-safe locale, then `extra`."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", **extra}
