"""Marks every test with its floor (the first folder below tests/), so that `-m unit` and the like select by cost.

Also says how generated examples are tried: the same ones in every run, however busy the machine is.
"""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("sote", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("sote")

TESTS = Path(__file__).resolve().parent
FLOORS = frozenset({"unit", "integration", "contract", "journeys", "faults", "house"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if TESTS in item.path.parents:
            floor = item.path.relative_to(TESTS).parts[0]
            if floor in FLOORS:
                item.add_marker(floor)
