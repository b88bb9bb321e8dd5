"""`sote status`: what runs, where, and what waits."""

from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from cli.county import state
from cli.county.backlog import Backlog, backlogs
from cli.county.places import default_places
from cli.county.state import State
from cli.county.supervised import Report
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
    waiting = waiting_for(current)
    if as_json:
        print_json(document(current, waiting))
    else:
        console.print(table(current, waiting))
    raise typer.Exit(Exit.DONE if current.ready() else Exit.NOT_READY)


def waiting_for(current: State) -> dict[str, Backlog]:
    """What waits for each service now."""
    return backlogs(current.databases, current.amqp_uri)


def document(current: State, waiting: dict[str, Backlog]) -> dict[str, object]:
    """The status for machines; addresses and process ids, no password."""
    processes = {name: asdict(report) for name, report in current.processes.items()}
    return {
        "running": True,
        "ready": current.ready(),
        "supervisor": current.supervisor,
        "started_at": current.started_at,
        "processes": processes,
        "servers": current.servers,
        "backlog": {service: asdict(its) for service, its in waiting.items()},
    }


def table(current: State, waiting: dict[str, Backlog]) -> Table:
    """The status for people, narrow enough for 80 columns."""
    its = Table(title=f"Sote since {current.started_at}", title_justify="left", box=None, padding=(0, 1))
    its.add_column("process", no_wrap=True)
    for name in ("pid", "port", "metrics"):
        its.add_column(name, justify="right")
    its.add_column("state", no_wrap=True)
    for name in ("restarts", "outbox", "queues", "dead"):
        its.add_column(name, justify="right")
    for name, pid in current.servers.items():
        its.add_row(name, str(pid or "-"), "", "", "private")
    for report in current.processes.values():
        its.add_row(*_row(report, waiting))
    return its


def _row(report: Report, waiting: dict[str, Backlog]) -> list[str]:
    service, _, kind = report.name.partition("-")
    its = waiting.get(service, Backlog())
    dead = f"[red]{its.dead}[/]" if its.dead else "0"
    return [
        report.name,
        str(report.pid or "-"),
        report.address.rpartition(":")[2],
        str(report.metrics_port),
        f"[{COLOURS[report.state]}]{report.state}[/]",
        str(report.restarts or ""),
        *((str(its.outbox), str(its.queued), dead) if kind == "bus" else ()),
    ]
