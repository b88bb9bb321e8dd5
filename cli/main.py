"""The entry of the `sote` command: gathers the subcommands."""

import typer

app = typer.Typer(name="sote", no_args_is_help=True, add_completion=False, help=__doc__)


def main() -> None:
    """Run the command line."""
    app()
