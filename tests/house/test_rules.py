"""The book of rules holds every id that the house says, and the house shows every rule of the book or says it cannot.

Ids are `PLAN-6`: a noun and a number; founding sentences `S1.27` stand in docs/seeds.md.
"""

import ast
import re
from pathlib import Path

import pytest

from tests.contract.catalogues import write
from tests.house.rules import (
    ANCHOR,
    CHAPTERS,
    INDEX,
    ROOT,
    TEST_NAME,
    TESTS,
    chapters,
    files_of,
    ids_in,
    lists_of_tests,
    not_built,
    rules,
    shown_by,
    written,
)
from tests.house.seeds import LISTS, PAGE, named_tests, seeds
from tests.house.sources import name, python_files, text_files

SENTENCES = {seed.id for seed in seeds(PAGE.read_text(encoding="utf-8"))}
KNOWN = set(chapters())
PREFIXES = "|".join(sorted({rule.partition("-")[0] for rule in KNOWN}))
SAID = re.compile(rf"(?<![\w-])(?:{PREFIXES})-[A-Z]?\d+(?![\w-])|(?<![\w.])S[12]\.\d\d[a-c]?(?!\w)")
# Ids as they were: a letter and a number, or the number of a section. (P02) is a provider, (1.0) a version.
_OLD = r"(?:[A-EGKNRSV]\d{1,2}b?|P[1-9]|P1[4-8]|[2-9]\.\d{1,2}(?:\.\d)?|D-0\d|PLAN-NEED)"
OLD_PROSE = re.compile(rf"\((?:domain\.md |domain |rule )?{_OLD}(?=\)[^:]|[,;:] [A-Z0-9]| to )")
OLD_ALONE = re.compile(r'"""(?:[A-EGKNPRV]\d{1,2}b?|S\d(?!\.\d)|[2-9]\.\d{1,2}(?:\.\d)?)[.:,]')
OLD_TEST = re.compile(r"test_(?:S[12]_\d\d|INV_\d|AIP_\d|D_0\d|M_[A-Z]\d|PLAN_NEED|[A-Z]\d{1,2}b?_|\d_\d)")
PAGE_NAME = re.compile(r"(?<![\w*./-])(?:[\w.-]+/)*([\w-]+\.md)\b")
SWEPT_LATER = ("client",)
WRITTEN = ("docs/timers.md", "docs/errors.md", "docs/events.md")
BOOK = ("docs/rules/", "docs/rules.md", "docs/seeds", "tests/house/")


def _tests() -> list[str]:
    return [test for path in (ROOT / "tests").rglob("test_*.py") for test in TEST_NAME.findall(path.read_text())]


def _outside_the_book() -> list[Path]:
    return [path for path in text_files() if not name(path).startswith((*BOOK, *WRITTEN, "data/"))]


def test_every_rule_has_one_anchor_and_one_row() -> None:
    anchors = [rule for page in CHAPTERS.glob("*.md") for rule in ANCHOR.findall(page.read_text(encoding="utf-8"))]
    listed = [rule.id for rule in rules(INDEX.read_text(encoding="utf-8"))]
    sources = {rule for rule in anchors if rule.startswith("SOURCE-")}
    assert sorted(anchors) == sorted(set(anchors))
    assert sorted(listed) == sorted(set(anchors) - sources)


def test_every_id_that_is_said_is_in_the_book() -> None:
    unknown = {
        name(path): sorted(said)
        for path in text_files()
        if not name(path).startswith("tests/house/")
        and (
            said := set(SAID.findall(path.read_text(errors="replace")))
            - KNOWN
            - SENTENCES
            - {"S1.43", "S1.05", "S1.44"}
        )
    }
    assert unknown == {}


def test_every_id_in_the_name_of_a_test_is_in_the_book() -> None:
    unknown = {test: said for test in _tests() if (said := ids_in(test, KNOWN) - KNOWN)}
    assert unknown == {}


def test_the_name_of_a_test_is_a_sentence_with_its_ids_at_the_end() -> None:
    assert [test for test in _tests() if OLD_TEST.match(test)] == []


def test_no_text_says_an_id_that_only_its_writers_knew() -> None:
    found = {
        name(path): lines
        for path in _outside_the_book()
        if (lines := [line.strip() for line in path.read_text(errors="replace").splitlines() if _old(line)])
    }
    assert found == {}


def _old(line: str) -> bool:
    return bool(OLD_PROSE.search(line) or OLD_ALONE.search(line))


def test_every_page_that_is_named_is_there() -> None:
    there = {path.name for path in text_files() if path.suffix == ".md"}
    found = {
        name(path): sorted(missing)
        for path in text_files()
        if (missing := set(PAGE_NAME.findall(path.read_text(errors="replace"))) - there)
        and not name(path).startswith("tests/house/")
    }
    assert found == {}


def test_the_rule_of_every_refusal_is_in_the_book() -> None:
    unknown = {
        f"{service} {reason}": rule
        for reason, service, _, rule, _, _ in write.refusals()
        if rule not in KNOWN | SENTENCES
    }
    assert unknown == {}


def test_the_rules_that_findings_and_proofs_name_are_in_the_book() -> None:
    """Strings that are nothing but an id, wherever code says one."""
    said = {
        node.value
        for path in python_files()
        if name(path).startswith(("services/", "cli/"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SAID.fullmatch(node.value)
    }
    assert said
    assert said - KNOWN - SENTENCES == set()


def test_every_rule_has_a_test_or_is_listed_as_not_built() -> None:
    shown, missing = set(shown_by(KNOWN)) | set(named_tests()), not_built()
    without = [
        rule.id
        for rule in rules(INDEX.read_text(encoding="utf-8"))
        if rule.id not in shown and not shown & set(rule.twins)
    ]
    assert [rule for rule in without if rule not in missing] == []
    assert [rule for rule in missing if rule not in without] == [], "it has a test: take it off docs/rules/not-built.md"


def test_twins_are_in_the_book_too() -> None:
    twins = {twin for rule in rules(INDEX.read_text(encoding="utf-8")) for twin in rule.twins}
    assert twins - KNOWN - SENTENCES == set()


def test_the_index_and_the_lists_of_tests_are_as_they_are_now() -> None:
    index, pages = INDEX.read_text(encoding="utf-8"), chapters()
    shown = shown_by(KNOWN)
    assert index == written(index, shown, files_of(KNOWN), pages), "run `make pages`"
    lists = lists_of_tests(index, shown, pages)
    assert {path for path, text in lists.items() if path.read_text() != text} == set()
    assert set(TESTS.glob("*.md")) == {*lists, *LISTS.values()}


@pytest.mark.parametrize(
    ("line", "old"),
    [
        ('"""P6."""', True),
        ('"""3.2: the client appeals."""', True),
        ("// The states of a plan (domain.md 3.3.1).", True),
        ("    # refused (K4, S1.20)", True),
        ('"""A month of P10, as P05 tells it (PLAN-6, S1.29)."""', False),
        ("version 1.0 of (P02) at U10", False),
    ],
)
def test_an_old_id_is_recognised(line: str, old: bool) -> None:
    assert _old(line) is old
