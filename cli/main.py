"""Sote on one machine: run the platform, look at it, call its public APIs.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 the platform does not run, 4 it runs but is not ready.
"""

import typer

from cli import down, status, token, up

app = typer.Typer(name="sote", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
app.command("up")(up.up)
app.command("down")(down.down)
app.command("status")(status.status)
app.command("token")(token.token)


def main() -> None:
    """Run the command line."""
    app()
