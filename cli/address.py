"""`sote address`: where a service's api listens."""

from typing import Annotated

import typer

from cli.county import state
from cli.county.places import SERVICES, default_places
from cli.output import Exit, fail, print_json


def address(
    service: Annotated[str, typer.Argument(help=f"One of {', '.join(SERVICES)}.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document for machines.")] = False,
) -> None:
    """Print host:port of a service's api in the running county."""
    if service not in SERVICES:
        fail(f"there is no service {service}: choose one of {', '.join(SERVICES)}", Exit.USAGE)
    current = state.running(default_places())
    if current is None:
        fail("the platform does not run: start it with `make up`", Exit.NOT_RUNNING)
    host_and_port = current.address(service)
    if as_json:
        print_json({"address": host_and_port})
    else:
        typer.echo(host_and_port)
