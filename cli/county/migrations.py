"""Bringing every service's database to its newest schema, all at once, and not at all when nothing changed."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence

from cli.county import children
from cli.county.places import CHECKOUT, Places


def migrate_all(services: Sequence[str], environment: Mapping[str, str], places: Places, *, private: bool) -> None:
    """Run `migrate` of each service in parallel; the first failure raises DidNotStart with its last words.

    In `private` databases (they live and die with the county's directory) a service whose migrations are those of the
    last run is passed over: that saves seconds of a start. Others are always migrated.
    """
    done = _applied(places) if private else {}
    wanted = {service: _digests(service) for service in services}
    pending = [service for service in services if done.get(service) != wanted[service]]
    _run(pending, environment, places)
    if private:
        places.migrated.write_text(json.dumps(done | wanted, indent=2) + "\n")


def history_was_rewritten(places: Places) -> bool:
    """A migration that the private databases had is gone or another one now: they fit no schema any more.

    Migrations are only added once released; before that a developer's county has to begin anew.
    """
    return any(
        _digests(service).get(file) != digest
        for service, files in _applied(places).items()
        for file, digest in files.items()
    )


def _applied(places: Places) -> dict[str, dict[str, str]]:
    """Service to file to digest of the migrations that the private databases have."""
    applied: dict[str, dict[str, str]] = json.loads(places.migrated.read_text()) if places.migrated.exists() else {}
    return applied


def _run(services: Sequence[str], environment: Mapping[str, str], places: Places) -> None:
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


def _digests(service: str) -> dict[str, str]:
    """Digests of the migrations: those of the chassis' tables and the service's own."""
    folders = (CHECKOUT / "services/chassis/tables/versions", CHECKOUT / "services" / service / "migrations/versions")
    files = (path for folder in folders for path in sorted(folder.glob("*.py")))
    return {str(path.relative_to(CHECKOUT)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
