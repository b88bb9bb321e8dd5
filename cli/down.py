"""`sote down`: stop a platform that runs in the background or in another terminal."""

import os
import signal
import time

from cli.county import state
from cli.county.places import default_places
from cli.output import Exit, console, fail

PATIENCE_SECONDS = 90.0


def down() -> None:
    """Stop the running platform in order: processes first, then its private servers. Nothing to stop is no failure."""
    places = default_places()
    current = state.running(places)
    if current is None:
        console.print("nothing runs")
        return
    os.kill(current.supervisor, signal.SIGTERM)
    end = time.monotonic() + PATIENCE_SECONDS
    while state.alive(current.supervisor):
        if time.monotonic() > end:
            fail(f"process {current.supervisor} has not ended after {PATIENCE_SECONDS:.0f} s", Exit.FAILED)
        time.sleep(0.1)
    console.print("stopped")
