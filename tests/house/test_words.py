"""What no file of the house may say."""

import ast
import re
from pathlib import Path

from tests.house.sources import name, python_files, text_files

# Written in parts, so that this file does not say it either.
REGISTRIES = [
    "pypi" + r"\.org",
    "python" + r"hosted\.org",
    "npmjs" + r"\.(org|com)",
    r"--(extra-)?" + r"index-url[= ]",
    r"PIP_" + "INDEX_URL",
    r"find-" + r"links[= ]",
    r"proxy\." + r"golang\.org",
]
PLACES = [r"(?<![\w.~-])/" + r"(work|root|home/\w+)/(?!\*)"]
IDS = re.compile(r"[A-Z]+-[A-Z]?\d+|[A-Z]\d+(?:\.\d+)?[a-z]?")
SKIPPED = [r"pytest\.mark\." + "skip", r"pytest\." + r"skip\(", r"pytest\.mark\." + "xfail", r"importor" + "skip"]


def told(path: Path, patterns: list[str]) -> list[str]:
    """Lines of the file that say one of the patterns."""
    forbidden = re.compile("|".join(patterns), re.IGNORECASE)
    return [line for line in path.read_text(errors="replace").splitlines() if forbidden.search(line)]


def test_no_address_of_a_package_registry() -> None:
    found = {name(path): lines for path in text_files() if (lines := told(path, REGISTRIES))}
    assert not found


def test_no_path_of_somebodys_machine() -> None:
    found = {name(path): lines for path in text_files() if (lines := told(path, PLACES))}
    assert not found


def test_no_test_is_skipped() -> None:
    found = {name(path): lines for path in python_files() if (lines := told(path, SKIPPED))}
    assert not found


def test_client_is_a_person() -> None:
    """Where no person is meant nothing is called client: the caller of an API is a peer (glossary)."""
    technical = [name(path) for path in python_files() if name(path).startswith(("services/chassis/", "cli/county/"))]
    assert [file for file in technical if "client" in file] == []


def test_every_module_says_what_belongs_there() -> None:
    modules = [path for path in python_files() if path.name != "__init__.py"]
    assert [name(path) for path in modules if not path.read_text().startswith(('"""', 'r"""'))] == []


NO_NAMES = {"heard", "kept", "left", "one", "told"}
"""What says how a value was come by, or how many there are, and not what it is (docs/style.md)."""


def test_a_value_is_named_by_what_it_is() -> None:
    names = [
        f"{name(path)}:{node.lineno} {said}"
        for path in python_files()
        if name(path).startswith(("services/", "cli/")) and "versions" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.arg | ast.Name)
        if (said := node.arg if isinstance(node, ast.arg) else node.id) in NO_NAMES
    ]
    assert names == []


def test_a_docstring_is_a_sentence_and_not_an_id() -> None:
    said = {
        name(path): docstring
        for path in python_files()
        if name(path).startswith(("services/", "cli/"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        if (docstring := ast.get_docstring(node)) and not re.search(r"[A-Za-z]{2}", IDS.sub("", docstring))
    }
    assert said == {}
