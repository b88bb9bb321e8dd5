"""`sote dead-letters`: messages that could not be applied; look, send again, or throw away."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from cli.county import state
from cli.county.places import SERVICES, default_places
from cli.output import Exit, console, fail, print_json
from services.chassis.bus.dead_letters import (
    DeadLetter,
    NoSuchDeadLetter,
    NotReplayed,
    discard_dead_letter,
    list_dead_letters,
    replay_dead_letter,
    show_dead_letter,
)

app = typer.Typer(no_args_is_help=True, help=__doc__)
JSON = Annotated[bool, typer.Option("--json", help="One JSON document for machines.")]
Service = Annotated[str, typer.Argument(help="The service that could not apply the message.")]
MessageId = Annotated[str, typer.Argument(help="The message's id, as `list` shows it.")]


@app.command("list")
def list_(as_json: JSON = False) -> None:
    """List the parked messages of every service."""
    letters_of = {service: list_dead_letters(_broker(), service) for service in SERVICES}
    if as_json:
        print_json({service: [_document(letter) for letter in letters] for service, letters in letters_of.items()})
        return
    table = Table(*("service", "id", "fact", "error", "attempts", "parked"))
    for service, letters in letters_of.items():
        for letter in letters:
            table.add_row(service, letter.id, letter.type, letter.error, str(letter.attempts), letter.parked_at)
    console.print(table if table.row_count else "nothing is parked")


@app.command()
def show(service: Service, message: MessageId) -> None:
    """Show one parked message with its headers; the body stays where it is."""
    print_json(_document(_done(show_dead_letter, service, message)))


@app.command()
def replay(service: Service, message: MessageId) -> None:
    """Send a parked message to its queue again, as new."""
    console.print(f"sent to {_done(replay_dead_letter, service, message).queue} again")


@app.command()
def discard(
    service: Service,
    message: MessageId,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Throw a parked message away for good; its effects never happen."""
    if not yes:
        typer.confirm(f"throw {message} away for good?", abort=True, err=True)
    console.print(f"threw {_done(discard_dead_letter, service, message).id} away")


def _done(act: Callable[[str, str, str], DeadLetter], service: str, message: str) -> DeadLetter:
    if service not in SERVICES:
        fail(f"there is no service {service}: choose one of {', '.join(SERVICES)}", Exit.USAGE)
    try:
        return act(_broker(), service, message)
    except NoSuchDeadLetter:
        fail(f"{service} has no parked message {message}")
    except NotReplayed as gone:
        fail(f"the queue {gone} is gone; the message stays parked")


def _broker() -> str:
    current = state.running(default_places())
    if current is None:
        fail("the platform does not run: start it with `make up`", Exit.NOT_RUNNING)
    return current.amqp_uri


def _document(letter: DeadLetter) -> dict[str, object]:
    return {name: value for name, value in asdict(letter).items() if name != "body"} | {"bytes": len(letter.body)}
