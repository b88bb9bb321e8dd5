"""The page of the founding sentences tells the tests that show each, as they are now."""

from tests.house.seeds import (
    LISTS,
    NOBODY,
    NOT_SHOWN,
    PAGE,
    list_page,
    named_tests,
    seeds,
    shown_by,
    unknown,
    written,
)

SENTENCES = {1: 46, 2: 29}
FIRST = {1: 0, 2: 1}
PARTS = {"S1.05": "abc", "S1.43": "ab", "S1.44": "abc"}

SMALL = """| id | meaning | owner | shown by |
| --- | --- | --- | --- |
| S1.01 | one | C | `test_gone` |
| S1.02a | two | C, P | |
| S1.02b | three | C | |
| S1.03 | heading | - | |
| S2.04 | as S1.01 | C | |
"""


def test_the_page_has_every_sentence_once() -> None:
    expected = [
        f"S{text}.{number:02}{part}"
        for text, end in SENTENCES.items()
        for number in range(FIRST[text], end)
        for part in PARTS.get(f"S{text}.{number:02}", " ").replace(" ", "") or [""]
    ]
    assert [seed.id for seed in seeds(PAGE.read_text(encoding="utf-8"))] == expected


def test_the_page_tells_the_tests_as_they_are() -> None:
    page = PAGE.read_text(encoding="utf-8")
    tests = named_tests()
    assert page == written(page, tests), "run `make pages`"
    assert [text for text, path in LISTS.items() if path.read_text() != list_page(text, page, tests)] == []


def test_no_test_names_a_sentence_that_is_not_there() -> None:
    assert unknown(PAGE.read_text(encoding="utf-8"), named_tests()) == set()


def test_what_shows_a_sentence_is_told_and_what_is_missing_too() -> None:
    tests = {"S1.01": ["test_a_S1_01"], "S1.02a": ["test_b_S1_02a"], "S1.09": ["test_c_S1_09"]}
    page = written(SMALL, tests)
    assert '| <a id="S1.01"></a>S1.01 | one | C | [1](rules/tests/s1.md#s101) |' in page
    assert "## S1.01\n\none.\n\n- `test_a_S1_01`\n" in list_page("S1", page, tests)
    assert '| <a id="S2.04"></a>S2.04 | as S1.01 | C | as S1.01 |' in page
    assert page.split(NOT_SHOWN)[1].split("\n") == ["", "", "- S1.02b (C): three", ""]
    assert written(page, tests) == page
    assert unknown(page, tests) == {"S1.09"}


def test_every_sentence_of_the_five_services_is_shown() -> None:
    """What only the gateway owns comes with its reports; everything else has a test that names it."""
    tests = named_tests()
    missing = [
        seed.id
        for seed in seeds(PAGE.read_text(encoding="utf-8"))
        if seed.twin is None and seed.owner not in {NOBODY, "G"} and not shown_by(seed.id, tests)
    ]
    assert missing == []
