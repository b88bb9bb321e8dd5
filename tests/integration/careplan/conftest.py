"""The county that the tests of care plans act in."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from tests.integration.careplan.world import World


@pytest.fixture
def world(session: Callable[[str], Session]) -> World:
    """Providers, contracts and catalogue, in a transaction that is rolled back."""
    return World(session("careplan")).settle_county()
