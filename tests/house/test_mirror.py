"""Tests mirror the tree: floors by cost, services, nouns; what they share lies above the floors, in builders."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.floors import FLOORS, TESTS
from tests.house.sources import ROOT, name

ROOMS = ("domain", "operations", "storage", "wire", "views", "api", "bus")
# They write pages under docs/, by `make pages`, and the test beside each asks that its page is as written.
WRITERS = {"tests/contract/catalogues/write.py", "tests/contract/facts/samples.py"}
MIRRORED = [
    folder
    for floor in ("unit", "integration", "contract")
    for folder in sorted((TESTS / floor).iterdir())
    if (ROOT / "services" / folder.name).is_dir()
]


def nouns(service: str) -> set[str]:
    """The nouns of a service: the folders and modules of its rooms."""
    rooms = [ROOT / "services" / service / room for room in ROOMS]
    return {path.stem for room in rooms if room.is_dir() for path in room.iterdir()}


def borrowed(path: Path) -> Iterator[str]:
    """The modules of the tests that a file imports, `from tests.a import b` as both tests.a and tests.a.b."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name.startswith("tests."))
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] == "tests":
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


def files(room: str) -> list[Path]:
    return sorted((TESTS / room).rglob("*.py"))


@pytest.mark.parametrize("folder", MIRRORED, ids=name)
def test_a_folder_of_tests_is_a_noun_of_its_service(folder: Path) -> None:
    found = {path.name for path in folder.iterdir() if any(path.glob("test_*.py"))}
    assert not found - nouns(folder.name)


@pytest.mark.parametrize("floor", sorted(FLOORS - {"house"}))
def test_nothing_but_tests_and_their_fixtures_lies_on_a_floor(floor: str) -> None:
    stray = {name(path) for path in files(floor) if not path.name.startswith(("test_", "conftest"))}
    assert not stray - WRITERS, "what tests share lies in tests/builders"


@pytest.mark.parametrize("room", [*sorted(FLOORS - {"house"}), "builders"])
def test_a_floor_never_borrows_from_another_and_builders_from_none(room: str) -> None:
    others = FLOORS - {room}
    trespassing = {
        (name(path), module)
        for path in files(room)
        for module in borrowed(path)
        if others & set(module.split(".")[1:2])
    }
    assert not trespassing


def test_no_test_borrows_from_a_test() -> None:
    trespassing = {
        (name(path), module)
        for path in files("")
        for module in borrowed(path)
        if module.rpartition(".")[2].startswith("test_") or module.endswith("conftest")
    }
    assert not trespassing
