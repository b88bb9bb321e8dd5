"""docs/rules.md: the index of the book of rules. This writes where each rule is decided and the tests that show it.

`python tests/house/rules.py` (part of `make pages`) renews the page and the lists of tests below docs/rules/tests.
Ids, sentences and services are written by hand; the rules themselves stand on the chapter pages in docs/rules.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INDEX = ROOT / "docs" / "rules.md"
CHAPTERS = ROOT / "docs" / "rules"
NOT_BUILT = CHAPTERS / "not-built.md"
TESTS = CHAPTERS / "tests"
SHOWN_FILES = 2

ANCHOR = re.compile(r'<a id="([A-Z]+-[A-Z]?\d+)"></a>')
TEST_NAME = re.compile(r"^\s*(?:async )?def (test_\w+)", re.MULTILINE)
_ROW = re.compile(r"^\| \[?(?P<id>[A-Z]+-[A-Z]?\d+)[^|]* \| (?P<sentence>[^|]+) \| (?P<service>[^|]+) \|")
_TWINS = re.compile(r"\(as ([^)]+)\)$")
_MISSING = re.compile(r"^- ([A-Z]+-[A-Z]?\d+): (.+)$", re.MULTILINE)
_ROOMS = ("domain", "operations", "storage", "kernel", "chassis", "wire", "views", "api", "bus")


@dataclass(frozen=True)
class Rule:
    """A row of the index."""

    id: str
    sentence: str
    service: str

    @property
    def twins(self) -> list[str]:
        """The rules whose tests show this one too: "(as CLIENT-1, S1.08)" at the end of the sentence."""
        found = _TWINS.search(self.sentence)
        return found[1].split(", ") if found else []


def rules(index: str) -> list[Rule]:
    """The rows of the index, in its order."""
    found = map(_ROW.match, index.splitlines())
    return [Rule(row["id"], row["sentence"], row["service"]) for row in found if row]


def chapters() -> dict[str, str]:
    """id -> the chapter page that has its anchor."""
    return {rule: page.stem for page in sorted(CHAPTERS.glob("*.md")) for rule in ANCHOR.findall(page.read_text())}


def not_built() -> dict[str, str]:
    """id -> what of the rule is still to be built."""
    return dict(_MISSING.findall(NOT_BUILT.read_text(encoding="utf-8")))


def ids_in(name: str, known: set[str]) -> set[str]:
    """The rules that a test's name says: `..._PLAN_6_INV_03` says PLAN-6 and INV-03, known or not."""
    prefixes = {rule.partition("-")[0] for rule in known}
    said = re.findall(r"_([A-Z]+)_([A-Z]?\d+)(?=_|$)", name)
    return {f"{prefix}-{number}" for prefix, number in said if prefix in prefixes}


def shown_by(known: set[str]) -> dict[str, list[str]]:
    """id -> the names of the tests that say it."""
    shown: dict[str, set[str]] = defaultdict(set)
    for path in (ROOT / "tests").rglob("test_*.py"):
        for test in TEST_NAME.findall(path.read_text(encoding="utf-8")):
            for rule in ids_in(test, known):
                shown[rule].add(test)
    return {rule: sorted(names) for rule, names in shown.items()}


def files_of(known: set[str]) -> dict[str, list[Path]]:
    """id -> the files of services that say it, those that decide first."""
    wanted = re.compile(r"\b(?:" + "|".join(sorted({rule.partition("-")[0] for rule in known})) + r")-[A-Z]?\d+\b")
    found: dict[str, set[Path]] = defaultdict(set)
    for path in (ROOT / "services").rglob("*.py"):
        if "versions" not in path.parts:
            for rule in wanted.findall(path.read_text(encoding="utf-8")):
                found[rule].add(path)
    return {rule: sorted(paths, key=_decides_first) for rule, paths in found.items()}


def _decides_first(path: Path) -> tuple[int, str]:
    rooms = [at for at, room in enumerate(_ROOMS) if room in path.relative_to(ROOT).parts]
    refuses = "refusal" in path.stem
    return (min(rooms, default=len(_ROOMS)) * 2 + refuses, str(path))


def written(index: str, shown: dict[str, list[str]], decided: dict[str, list[Path]], pages: dict[str, str]) -> str:
    """The index with its links and its last two columns renewed."""
    return "\n".join(_renewed(line, shown, decided, pages) for line in index.splitlines()) + "\n"


def _renewed(line: str, shown: dict[str, list[str]], decided: dict[str, list[Path]], pages: dict[str, str]) -> str:
    row = _ROW.match(line)
    if not row:
        return line
    rule, page = row["id"], pages.get(row["id"], "")
    files = decided.get(rule, [])
    links = [f"[{path.stem}](../{path.relative_to(ROOT).as_posix()})" for path in files[:SHOWN_FILES]]
    more = [f"+{len(files) - SHOWN_FILES}"] if len(files) > SHOWN_FILES else []
    count = len(shown.get(rule, []))
    tests = f"[{count}](rules/tests/{page}.md#{rule.lower()})" if count else "-"
    cells = (
        f"[{rule}](rules/{page}.md#{rule})",
        row["sentence"],
        row["service"],
        ", ".join([*links, *more]) or "-",
        tests,
    )
    return f"| {' | '.join(cells)} |"


def lists_of_tests(index: str, shown: dict[str, list[str]], pages: dict[str, str]) -> dict[Path, str]:
    """docs/rules/tests/<chapter>.md: the tests of each rule as a list."""
    found: dict[Path, list[str]] = {}
    for rule in rules(index):
        if rule.id in shown:
            page = pages[rule.id]
            lines = found.setdefault(TESTS / f"{page}.md", [_head(page)])
            lines += ["", f"## {rule.id}", "", f"{rule.sentence}.", "", *(f"- `{test}`" for test in shown[rule.id])]
    return {path: "\n".join(lines) + "\n" for path, lines in found.items()}


def _head(page: str) -> str:
    named = f"What shows each rule of [{page}](../{page}.md), by the names of the tests; written by `make pages`."
    return f"# Tests: {page}\n\n{named}"


def main() -> None:
    """Renew the index and the lists."""
    index, pages = INDEX.read_text(encoding="utf-8"), chapters()
    known = set(pages)
    shown = shown_by(known)
    INDEX.write_text(written(index, shown, files_of(known), pages), encoding="utf-8")
    TESTS.mkdir(exist_ok=True)
    for path, text in lists_of_tests(index, shown, pages).items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
