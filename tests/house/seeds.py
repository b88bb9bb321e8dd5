"""docs/seeds.md: what each sentence of the founding texts asks, and the tests that show it; this writes the last part.

`python tests/house/seeds.py` (part of `make pages`) renews the page and the lists of tests, one page for each text.
Ids, meanings and owners are written by hand.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "seeds.md"
LISTS = {text: ROOT / "docs" / "rules" / "tests" / f"{text.lower()}.md" for text in ("S1", "S2")}
NOT_SHOWN = "## Not shown yet"
NOBODY = "-"

_ROW = re.compile(
    r"^\| (?:<a id=\"[^\"]+\"></a>)?(?P<id>S[12]\.\d\d[a-c]?) \| (?P<meaning>[^|]+) \| (?P<owner>[^|]+) \|"
)
_TEST = re.compile(r"^\s*(?:async )?def (test_\w+)", re.MULTILINE)
_NAMED = re.compile(r"S([12])_(\d\d)([a-c]?)(?=_|$)")
_LIST_HEAD = "What shows each [founding sentence](../../seeds.md), by the names of the tests; written by `make pages`."
_TWIN = re.compile(r"\bas (S1\.\d\d[a-c]?)")


@dataclass(frozen=True)
class Seed:
    """A sentence; `owner` NOBODY when nothing is to be shown, `twin` the sentence of the other text it repeats."""

    id: str
    meaning: str
    owner: str

    @property
    def twin(self) -> str | None:
        """The sentence that asks the same."""
        found = _TWIN.search(self.meaning)
        return found[1] if found else None


def seeds(page: str) -> list[Seed]:
    """The rows of the page, in its order."""
    return [
        Seed(found["id"], found["meaning"], found["owner"]) for found in map(_ROW.match, page.splitlines()) if found
    ]


def named_tests(folder: Path = ROOT / "tests") -> dict[str, list[str]]:
    """id -> names of the tests that name it, sorted; "S1_43" names S1.43a, S1.43b and so on."""
    shown: dict[str, set[str]] = {}
    for path in folder.rglob("test_*.py"):
        for test in _TEST.findall(path.read_text(encoding="utf-8")):
            for text, number, part in _NAMED.findall(test):
                shown.setdefault(f"S{text}.{number}{part}", set()).add(test)
    return {seed: sorted(tests) for seed, tests in shown.items()}


def unknown(page: str, tests: dict[str, list[str]]) -> set[str]:
    """Ids that tests name and the page does not have."""
    known = {seed.id for seed in seeds(page)}
    return set(tests) - known - {known_id[:5] for known_id in known}


def written(page: str, tests: dict[str, list[str]]) -> str:
    """The page with its last column and its last part renewed."""
    rows = seeds(page)
    shown = {seed.id: shown_by(seed.id, tests) for seed in rows}
    head = page.split(NOT_SHOWN)[0].rstrip().splitlines()
    renewed = [_renewed(line, shown, rows) for line in head]
    return "\n".join([*renewed, "", NOT_SHOWN, "", *_missing(rows, shown)]) + "\n"


def shown_by(seed_id: str, tests: dict[str, list[str]]) -> list[str]:
    """The tests that show a sentence; one that names "S1_43" shows all its parts."""
    return sorted({*tests.get(seed_id, []), *tests.get(seed_id[:5], [])})


def _renewed(line: str, shown: dict[str, list[str]], rows: list[Seed]) -> str:
    row = _ROW.match(line)
    if not row:
        return line
    seed = next(one for one in rows if one.id == row["id"])
    count = len(shown[seed.id])
    cells = [f"[{count}](rules/tests/{seed.id[:2].lower()}.md#{anchor(seed.id)})"] if count else []
    if seed.twin and shown.get(seed.twin):
        cells.append(f"as {seed.twin}")
    place = f'<a id="{seed.id}"></a>{seed.id}'
    return f"| {place} | {seed.meaning} | {seed.owner} | {', '.join(cells)} |".replace("|  |", "| |")


def anchor(seed_id: str) -> str:
    """How a page links to the heading of a sentence."""
    return seed_id.lower().replace(".", "")


def list_page(text: str, page: str, tests: dict[str, list[str]]) -> str:
    """The tests of each sentence of a text as a list."""
    lines = [f"# Tests: founding text {text}", "", _LIST_HEAD]
    for seed in seeds(page):
        names = shown_by(seed.id, tests)
        if seed.id.startswith(text) and names:
            lines += ["", f"## {seed.id}", "", f"{seed.meaning}.", "", *(f"- `{test}`" for test in names)]
    return "\n".join(lines) + "\n"


def _missing(rows: list[Seed], shown: dict[str, list[str]]) -> Iterator[str]:
    for seed in rows:
        twin = shown.get(seed.twin) if seed.twin else None
        if seed.owner != NOBODY and not shown[seed.id] and not twin:
            yield f"- {seed.id} ({seed.owner}): {seed.meaning}"


def main() -> None:
    """Renew the page and the lists."""
    page, tests = PAGE.read_text(encoding="utf-8"), named_tests()
    PAGE.write_text(written(page, tests), encoding="utf-8")
    for text, path in LISTS.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(list_page(text, page, tests), encoding="utf-8")


if __name__ == "__main__":
    main()
