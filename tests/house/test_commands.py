"""The command line and the Makefile explain themselves."""

import os
import re
import subprocess
import sys
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from cli.main import app
from tests.house.sources import ROOT

EXIT_NOT_RUNNING = 3


def commands(command: Any, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every command and group, as the words that call it."""
    below = [commands(its, (*path, name)) for name, its in getattr(command, "commands", {}).items()]
    return [path, *(words for each in below for words in each)]


@pytest.mark.parametrize("words", commands(typer.main.get_command(app)), ids=lambda words: " ".join(words) or "sote")
def test_every_command_explains_itself(words: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(app, [*words, "--help"])
    assert shown.exit_code == 0
    explanation = shown.output.split("Usage:", 1)[1].strip().splitlines()[1:]
    assert any(re.search(r"[a-z]{3,} [a-z]", line) for line in explanation)


def test_wrong_usage_ends_with_two() -> None:
    assert CliRunner().invoke(app, ["no-such-command"]).exit_code == 2


@pytest.mark.parametrize("arguments", [["status"], ["status", "--json"]], ids=" ".join)
def test_status_of_nothing_says_so_without_colour(arguments: list[str], tmp_path: str) -> None:
    environment = os.environ | {"SOTE_COUNTY_DIRECTORY": str(tmp_path), "NO_COLOR": "1", "FORCE_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "cli", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == EXIT_NOT_RUNNING
    assert "\x1b[3" not in done.stdout + done.stderr
    assert ('"running": false' in done.stdout) == ("--json" in arguments)


def test_every_make_target_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text()
    declared = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert declared
    explained = set(re.findall(r"^([a-z]+):.*## .+$", makefile, re.MULTILINE))
    assert set(declared[1].split()) - explained == {"broker"}
