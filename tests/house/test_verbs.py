"""A verb does not call a verb: what two verbs share is a module of the noun (docs/style.md)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import ROOT

UNTANGLED = ("careplan",)
"""The services of which it is true; the others join when theirs are."""


def imported(path: Path, package: str) -> Iterator[str]:
    """The modules below `package` that a file imports, by module or by name."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(package):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("service", UNTANGLED)
def test_what_a_door_calls_no_operation_calls(service: str) -> None:
    home, package = ROOT / "services" / service, f"services.{service}.operations"
    operations = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in (home / "operations").rglob("*.py")
    }
    doors = [path for room in ("api", "bus") for path in (home / room).rglob("*.py")]
    verbs = {module for path in doors for module in imported(path, package)} & operations.keys()
    assert len(verbs) > 1
    calls = {name: verbs.intersection(imported(path, package)) for name, path in operations.items()}
    assert {name: called for name, called in calls.items() if called} == {}
