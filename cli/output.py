"""How commands speak: people read colour (unless NO_COLOR), machines JSON, trouble goes to standard error."""

import json
from enum import IntEnum
from typing import NoReturn

import typer
from rich.console import Console

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)


class Exit(IntEnum):
    """What a command's exit code means."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    NOT_RUNNING = 3
    NOT_READY = 4


def fail(message: str, code: Exit = Exit.FAILED) -> NoReturn:
    """Say what went wrong and end the command."""
    errors.print(message, style="red", markup=False, soft_wrap=True)
    raise typer.Exit(code)


def print_json(value: object) -> None:
    """One JSON document on standard output."""
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False, default=str))
