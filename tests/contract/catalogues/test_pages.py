"""The published catalogues are what the code declares."""

import importlib.util
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("catalogues_write", Path(__file__).with_name("write.py"))
assert _spec is not None
assert _spec.loader is not None
write = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(write)


@pytest.mark.parametrize(("path", "text"), write.pages().items(), ids=lambda value: getattr(value, "stem", ""))
def test_a_page_written_from_the_code_is_up_to_date(path: Path, text: str) -> None:
    assert path.exists(), "run `make pages`"
    assert path.read_text() == text, "run `make pages`"


def test_no_page_is_left_of_a_machine_that_is_gone() -> None:
    assert set((write.ROOT / "docs" / "states").iterdir()) <= set(write.pages())


def test_every_fact_a_service_listens_to_exists() -> None:
    known = {name for name, _, _ in write.facts()}
    heard = set(write.json.loads((write.ROOT / "services" / "listeners.json").read_text())) - {"sections"}
    assert heard <= known


def test_every_timer_says_what_it_does() -> None:
    assert [(service, name) for service, name, _, does in write.timers() if not does] == []


def test_every_setting_says_what_it_means() -> None:
    assert [variable for _, variable, _, _, meaning in write.settings() if not meaning] == []
