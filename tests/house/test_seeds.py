"""The page of the founding sentences tells the tests that show each, as they are now."""

from tests.house.seeds import NOBODY, NOT_SHOWN, PAGE, named_tests, seeds, shown_by, unknown, written

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
    assert page == written(page, named_tests()), "run `make pages`"


def test_no_test_names_a_sentence_that_is_not_there() -> None:
    assert unknown(PAGE.read_text(encoding="utf-8"), named_tests()) == set()


def test_what_shows_a_sentence_is_told_and_what_is_missing_too() -> None:
    tests = {"S1.01": ["test_S1_01_a"], "S1.02a": ["test_S1_02a_b"], "S1.09": ["test_S1_09_c"]}
    page = written(SMALL, tests)
    assert "| S1.01 | one | C | `test_S1_01_a` |" in page
    assert "| S2.04 | as S1.01 | C | as S1.01 |" in page
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
