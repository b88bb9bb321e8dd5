"""The walls see every file, and each of them stops who trespasses: a trespass planted in a copy breaks its contract."""

import configparser
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import grimp
import pytest

from tests.house.sources import ROOT

ROOTS = ("services", "cli")
MIGRATIONS = "versions"  # Alembic loads revisions by their path: they are no package


def _contracts() -> dict[str, dict[str, list[str]]]:
    """Every contract of .importlinter: its options, each as the list of its lines."""
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter")
    sections = {section: config[section] for section in config.sections() if ":contract:" in section}
    return {
        section.rpartition(":")[2]: {option: value.split("\n") for option, value in options.items()}
        for section, options in sections.items()
    }


CONTRACTS = _contracts()


def _files() -> list[Path]:
    found = (path for root in ROOTS for path in (ROOT / root).rglob("*.py"))
    return sorted(path for path in found if MIGRATIONS not in path.parts)


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def test_every_folder_of_code_is_a_package() -> None:
    folders = {path.parent for path in _files()}
    assert sorted(str(folder.relative_to(ROOT)) for folder in folders if not (folder / "__init__.py").exists()) == []


def test_the_walls_see_every_file() -> None:
    graph = grimp.build_graph(*ROOTS, cache_dir=None)
    assert {_module(path) for path in _files()} - graph.modules == set()


MODULES = [_module(path) for path in _files()]


def _named(expression: str) -> list[str]:
    """The modules that an expression of a contract means; external ones are what they are called."""
    if "*" not in expression:
        return [expression]
    depth = expression.count(".") + 1
    heads = {".".join(module.split(".")[:depth]) for module in MODULES if module.count(".") + 1 >= depth}
    return sorted(head for head in heads if fnmatchcase(head, expression))


def _is_in(name: str, module: str) -> bool:
    return f"{name}.".startswith(f"{module}.")


def _inside(module: str) -> str:
    """A file of this module: itself, or the deepest one in it."""
    within = [name for name in MODULES if _is_in(name, module)]
    return max(within, key=lambda name: (name.count("."), name))


def _rooms(line: str) -> list[str]:
    return [word.strip(" ()") for word in re.split(r"[|:]", line) if word.strip()]


def _lines(options: dict[str, list[str]], option: str) -> list[str]:
    return [line.strip() for line in options.get(option, []) if line.strip()]


def _layers(options: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    layers = [_rooms(line) for line in _lines(options, "layers")]
    for container in _lines(options, "containers") or [""]:
        prefix = f"{container}." if container else ""
        there = [[f"{prefix}{room}" for room in layer] for layer in layers]
        upper, *_, lower = [room for layer in there for room in layer if any(_is_in(name, room) for name in MODULES)]
        yield _inside(lower), _inside(upper)


def _forbidden(options: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    forbidden = [name for line in _lines(options, "forbidden_modules") for name in _named(line)]
    for source in [name for line in _lines(options, "source_modules") for name in _named(line)]:
        yield _inside(source), next(name for name in forbidden if not _is_in(source, name))


def _independence(options: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    modules = [name for line in _lines(options, "modules") for name in _named(line)]
    for module, neighbour in zip(modules, [*modules[1:], modules[0]], strict=True):
        yield _inside(module), _inside(neighbour)


def _protected(options: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    for module in [name for line in _lines(options, "protected_modules") for name in _named(line)]:
        yield _inside("cli"), module


def _circles(options: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Two modules side by side that import each other."""
    yield "services.voucher.domain.values.explanation", "services.voucher.domain.values.income"
    yield "services.voucher.domain.values.income", "services.voucher.domain.values.explanation"


TRESPASSES = {
    "layers": _layers,
    "forbidden": _forbidden,
    "independence": _independence,
    "protected": _protected,
    "acyclic_siblings": _circles,
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages that the walls look at, generated code included, in a folder of their own."""
    folder = tmp_path_factory.mktemp("copy")
    for root in (*ROOTS, "protos/sote"):
        shutil.copytree(ROOT / root, folder / root, ignore=shutil.ignore_patterns("__pycache__", "*.pyi"))
    shutil.copy(ROOT / ".importlinter", folder)
    return folder


def _lint(folder: Path, contract: str) -> str:
    """What the linter says of one contract there."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--contract", contract]
    path = os.pathsep.join([str(folder), str(folder / "protos")])
    run = subprocess.run(
        command, cwd=folder, env=os.environ | {"PYTHONPATH": path, "COLUMNS": "500"}, capture_output=True, text=True
    )
    return run.stdout + run.stderr


@pytest.mark.parametrize("contract", sorted(CONTRACTS))
def test_a_trespass_breaks_its_contract(copy: Path, contract: str) -> None:
    """In every place that a contract guards at once: each trespass is named."""
    options = CONTRACTS[contract]
    planted = list(TRESPASSES[options["type"][0]](options))
    files = {importer: copy / _file(importer) for importer, _ in planted}
    before = {path: path.read_text() for path in files.values()}
    try:
        for importer, imported in planted:
            files[importer].write_text(files[importer].read_text() + f"\n\nimport {imported}  # planted\n")
        said = _lint(copy, contract)
    finally:
        for path, text in before.items():
            path.write_text(text)
    assert f"{options['name'][0]} BROKEN" in said, said
    assert [importer for importer, _ in planted if not _is_named(importer, said)] == [], said


def _is_named(importer: str, said: str) -> bool:
    """A circle is told by the package it is in, everything else by who imports."""
    return f"{importer} ->" in said or f"No cycles are allowed in {importer.rpartition('.')[0]}." in said


def _file(module: str) -> Path:
    path = Path(*module.split("."))
    return path / "__init__.py" if (ROOT / path).is_dir() else path.with_suffix(".py")
