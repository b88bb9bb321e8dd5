"""`sote status`: what runs, where, and what waits."""

from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.table import Table

from cli.county import backlog, state
from cli.county.places import SERVICES, default_places
from cli.county.state import State
from cli.output import Exit, console, fail, print_json

COLOURS = {"ready": "green", "starting": "yellow", "unready": "yellow", "down": "red"}


def status(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document for machines.")] = False,
) -> None:
    """Show each process, its port, whether it is ready, its restarts and its backlog. Exit code 0: all are ready."""
    current = state.running(default_places())
    if current is None:
        if as_json:
            print_json({"running": False})
            raise typer.Exit(Exit.NOT_RUNNING)
        fail("the platform does not run: start it with `make up`", Exit.NOT_RUNNING)
    waiting = backlogs(current)
    if as_json:
        print_json(document(current, waiting))
    else:
        console.print(table(current, waiting))
    raise typer.Exit(Exit.DONE if current.ready() else Exit.NOT_READY)


def backlogs(current: State) -> dict[str, dict[str, int]]:
    """Outbox rows and queued messages of each service."""
    rows = backlog.outbox_rows(current.databases)
    depths = backlog.queue_depths(current.broker_metrics)
    return {
        service: {"outbox": rows.get(service, 0), "queues": backlog.messages_of(service, depths)}
        for service in SERVICES
    }


def document(current: State, waiting: dict[str, dict[str, int]]) -> dict[str, Any]:
    """The status for machines; addresses and process ids, no password."""
    processes = {name: asdict(report) for name, report in current.processes.items()}
    return {
        "running": True,
        "ready": current.ready(),
        "supervisor": current.supervisor,
        "started_at": current.started_at,
        "processes": processes,
        "servers": current.servers,
        "backlog": waiting,
    }


def table(current: State, waiting: dict[str, dict[str, int]]) -> Table:
    """The status for people."""
    its = Table(title=f"Sote since {current.started_at}", title_justify="left")
    for name, justify in (("process", "left"), ("pid", "right"), ("listens on", "left"), ("metrics", "right")):
        its.add_column(name, justify="right" if justify == "right" else "left")
    for name in ("state", "restarts", "backlog"):
        its.add_column(name)
    for name, pid in current.servers.items():
        its.add_row(name, str(pid or "-"), "", "", "private", "", "")
    for name, report in current.processes.items():
        service, _, kind = name.partition("-")
        counts = waiting.get(service, {})
        waits = f"{counts.get('outbox', 0)} outbox, {counts.get('queues', 0)} queued" if kind == "bus" else ""
        shown = f"[{COLOURS[report.state]}]{report.state}[/]"
        restarts = str(report.restarts) if report.restarts else ""
        its.add_row(name, str(report.pid or "-"), report.address, str(report.metrics_port), shown, restarts, waits)
    return its
