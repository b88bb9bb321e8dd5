"""`sote up`: the whole platform under supervision, in the foreground with a live table or in the background."""

import signal
import subprocess
import sys
import threading
import time
from typing import Annotated

import typer
from rich.live import Live

from cli.county import state
from cli.county.children import DidNotStart, last_words
from cli.county.places import CHECKOUT, Places, default_places
from cli.county.platform import AlreadyRuns, Platform
from cli.output import Exit, console, errors, fail
from cli.status import table, waiting_for

REFRESH_SECONDS = 1.0
TICK_SECONDS = 0.1
START_SECONDS = 240.0


def up(
    detach: Annotated[bool, typer.Option("--detach", help="Run in the background; stop with `sote down`.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Lines instead of the live table.")] = False,
) -> None:
    """Run the platform until Ctrl-C: private servers, migrations, processes restarted with back-off when they die.

    Servers named by <SERVICE>_DATABASE_URL and AMQP_URI in the environment are used instead of private ones.
    """
    places = default_places()
    if detach:
        _detached(places)
        return
    # A list and not an Event: a signal handler may interrupt the very line that holds the Event's lock.
    ended: list[int] = []
    for expected in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(expected, lambda number, _: ended.append(number))
    began = time.monotonic()
    platform = Platform(places, say=lambda step: errors.print(f"{step} …"))
    try:
        _start(platform, ended)
        if not ended:
            console.print(f"ready after {time.monotonic() - began:.1f} s; logs are in {places.logs}")
            (_lines if plain or not console.is_terminal else _live)(platform, ended)
    finally:
        errors.print("stopping …")
        platform.stop()
    if platform.failure is not None:
        fail(str(platform.failure))


def _start(platform: Platform, ended: list[int]) -> None:
    """Start, but listen to Ctrl-C meanwhile."""
    failed: list[Exception] = []

    def run() -> None:
        try:
            platform.start(seconds=START_SECONDS)
        except Exception as error:
            failed.append(error)

    starter = threading.Thread(target=run, name="starter", daemon=True)
    starter.start()
    while starter.is_alive() and not ended:
        starter.join(0.1)
    if failed and not ended:
        match failed[0]:
            case AlreadyRuns() | DidNotStart():
                fail(str(failed[0]))
            case error:
                raise error


def _live(platform: Platform, ended: list[int]) -> None:
    current = platform.current()
    with Live(table(current, waiting_for(current)), console=console, auto_refresh=False) as live:
        due = time.monotonic()
        while not ended and platform.failure is None:
            if time.monotonic() >= due:
                current = platform.current()
                live.update(table(current, waiting_for(current)), refresh=True)
                due = time.monotonic() + REFRESH_SECONDS
            time.sleep(TICK_SECONDS)


def _lines(platform: Platform, ended: list[int]) -> None:
    """One line for each change, for logs and pipes."""
    known: dict[str, tuple[str, int | None]] = {}
    while not ended and platform.failure is None:
        for report in platform.reports():
            now = (report.state, report.pid)
            if known.get(report.name) != now:
                known[report.name] = now
                console.print(f"{report.name:13} {report.state:8} pid {report.pid or '-'} {report.address}")
        time.sleep(TICK_SECONDS)


def _detached(places: Places) -> None:
    if state.running(places.make()) is not None:
        fail("the platform runs already: see `sote status`")
    log = places.logs / "supervisor.log"
    with log.open("w") as sink:
        command = [sys.executable, "-m", "cli", "up", "--plain"]
        supervisor = subprocess.Popen(
            command, cwd=CHECKOUT, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, start_new_session=True
        )
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if supervisor.poll() is not None:
            fail(f"it did not start\n{last_words(log)}")
        current = state.running(places)
        if current is not None and current.ready():
            console.print(table(current, waiting_for(current)))
            return
        time.sleep(0.1)
    supervisor.send_signal(signal.SIGTERM)
    fail(f"not ready after {START_SECONDS:.0f} s\n{last_words(log)}", Exit.NOT_READY)
