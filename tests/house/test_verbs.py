"""A verb does not call a verb: what two of them share is a module of the noun (docs/style.md)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import ROOT

SERVICES = sorted(path.parent.name for path in (ROOT / "services").glob("*/operations"))
DOORS = ("api", "bus")


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def _imported(path: Path) -> Iterator[tuple[str, str]]:
    """(module, name) of every `from module import name` in the file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)


def _verbs(service: str) -> dict[str, Path]:
    """The operations that a door of the service calls by the name of their file."""
    rooms = [ROOT / "services" / service / door for door in DOORS]
    doors = [path for room in rooms for path in (*room.rglob("*.py"), room.with_suffix(".py")) if path.exists()]
    called = {pair for path in doors for pair in _imported(path)}
    operations = {_module(path): path for path in (ROOT / "services" / service / "operations").rglob("*.py")}
    return {module: path for module, path in operations.items() if (module, path.stem) in called}


@pytest.mark.parametrize("service", SERVICES)
def test_a_verb_does_not_call_a_verb(service: str) -> None:
    verbs = _verbs(service)
    assert verbs
    calls = [f"{path.stem} imports {name}" for path in verbs.values() for name, _ in _imported(path) if name in verbs]
    assert calls == []
