"""Sote on one machine: run the platform, look at it, call its public APIs.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 the platform does not run, 4 it runs but is not ready.
"""

import typer

from cli import address, dead_letters, demo, down, status, story, token, up

app = typer.Typer(name="sote", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
app.command("up")(up.up)
app.command("down")(down.down)
app.command("status")(status.status)
app.command("address")(address.address)
app.command("token")(token.token)
app.command("demo")(demo.demo)
app.command("story")(story.story)
app.command("record")(story.record)
app.command("search")(story.search)
app.add_typer(dead_letters.app, name="dead-letters")


def main() -> None:
    """Run the command line."""
    app()
