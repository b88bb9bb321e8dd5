"""The published catalogues are what the code declares."""

import importlib.util
from pathlib import Path

_spec = importlib.util.spec_from_file_location("catalogues_write", Path(__file__).with_name("write.py"))
assert _spec is not None
assert _spec.loader is not None
write = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(write)


def test_the_page_of_refusals_lists_every_reason() -> None:
    assert (write.ROOT / "docs" / "errors.md").read_text() == write.errors_page(), "run `make pages`"


def test_the_page_of_facts_lists_every_fact_and_listener() -> None:
    assert (write.ROOT / "docs" / "events.md").read_text() == write.events_page(), "run `make pages`"


def test_every_fact_a_service_listens_to_exists() -> None:
    known = {name for name, _, _ in write.facts()}
    heard = set(write.json.loads((write.ROOT / "services" / "listeners.json").read_text())) - {"sections"}
    assert heard <= known
