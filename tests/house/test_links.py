"""What the pages of the house link to exists: files, and places in them."""

import re
from pathlib import Path

from tests.house.sources import ROOT, name, text_files

LINK = re.compile(r"\]\(([^)\s]+)\)")
PLACE = re.compile(r'<a id="([^"]+)"></a>')
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def _pages() -> list[Path]:
    return [path for path in text_files() if path.suffix == ".md"]


def _places(page: Path) -> set[str]:
    """Anchors of a page: those that it names, and its headings as they are linked to."""
    text = page.read_text(encoding="utf-8")
    headings = (
        re.sub(r"<[^>]+>|[^\w\s-]", "", heading).strip().lower().replace(" ", "-") for heading in HEADING.findall(text)
    )
    return {*PLACE.findall(text), *headings}


def _broken(page: Path) -> list[str]:
    links = LINK.findall(CODE.sub("", page.read_text(encoding="utf-8")))
    return [
        link for link in links if not link.startswith(("http://", "https://", "mailto:")) and not _leads(page, link)
    ]


def _leads(page: Path, link: str) -> bool:
    file, _, place = link.partition("#")
    target = (page.parent / file).resolve() if file else page
    return (
        target.is_relative_to(ROOT)
        and target.exists()
        and (not place or target.suffix != ".md" or place in _places(target))
    )


def test_every_link_of_every_page_leads_somewhere() -> None:
    found = {name(page): broken for page in _pages() if (broken := _broken(page))}
    assert found == {}


def test_a_page_that_is_not_there_and_a_place_that_is_not_in_it_are_found() -> None:
    page = ROOT / "docs" / "rules.md"
    assert _leads(page, "rules/plans.md#PLAN-6")
    assert not _leads(page, "rules/plans.md#PLAN-99")
    assert not _leads(page, "rules/nothing.md")
