"""Bringing every service's database to its newest schema, all at once."""

import subprocess
import sys
from collections.abc import Mapping, Sequence

from cli.county import children
from cli.county.places import CHECKOUT, Places


def migrate_all(services: Sequence[str], environment: Mapping[str, str], places: Places) -> None:
    """Run `migrate` of each service in parallel; the first failure raises DidNotStart with its last words."""
    running: dict[str, subprocess.Popen[bytes]] = {}
    for service in services:
        log = places.logs / f"{service}-migrate.log"
        log.write_text("")
        command = children.guarded([sys.executable, "-m", f"services.{service}", "migrate"])
        running[service] = children.start(command, env=environment, log=log, cwd=CHECKOUT)
    failed = [service for service, process in running.items() if process.wait() != 0]
    if failed:
        words = children.last_words(places.logs / f"{failed[0]}-migrate.log")
        raise children.DidNotStart(f"migration failed: {', '.join(failed)}\n{words}")
