"""Files and functions stay small enough to be read in one go.

A file is split when a new noun is found in it, not because it is long: the cap is wide and the median is held.
"""

import ast
import statistics
from pathlib import Path

from tests.house.sources import ROOT, name, python_files

LONGEST_FILE = 400
MEDIAN_FILE = 60
LONGEST_FUNCTION = 40
LONGEST_README = 150
LONGEST_KERNEL = 300

Function = ast.FunctionDef | ast.AsyncFunctionDef


def hand_written() -> list[Path]:
    """A migration is a list of statements and may be long."""
    return [path for path in python_files() if "versions" not in path.parts]


def length(function: Function) -> int:
    """Lines of a function with its signature, without its docstring."""
    assert function.end_lineno is not None
    lines = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None and first.end_lineno is not None:
        lines -= first.end_lineno - first.lineno + 1
    return lines


def test_no_file_is_too_long() -> None:
    lengths = {name(path): len(path.read_text().splitlines()) for path in hand_written()}
    assert {file: lines for file, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_half_of_the_service_files_are_short() -> None:
    services = [path for path in hand_written() if name(path).startswith("services/")]
    assert statistics.median(len(path.read_text().splitlines()) for path in services) <= MEDIAN_FILE


def test_no_function_is_too_long() -> None:
    lengths = {
        f"{name(path)}:{node.name}": length(node)
        for path in hand_written()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, Function)
    }
    assert {function: lines for function, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_readme_is_not_too_long() -> None:
    readmes = [path for path in ROOT.glob("README.md") if len(path.read_text().splitlines()) > LONGEST_README]
    assert not readmes


def test_the_kernel_stays_a_kernel() -> None:
    lines = [line for path in (ROOT / "services" / "kernel").glob("**/*.py") for line in path.read_text().splitlines()]
    assert len(lines) <= LONGEST_KERNEL
