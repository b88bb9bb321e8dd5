"""Marks every test with its floor (the first folder below tests/), so that `-m unit` and the like select by cost."""

from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
FLOORS = frozenset({"unit", "integration", "contract", "journeys", "faults", "house"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if TESTS in item.path.parents:
            floor = item.path.relative_to(TESTS).parts[0]
            if floor in FLOORS:
                item.add_marker(floor)
