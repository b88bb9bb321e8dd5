"""A world in a session that leaves no trace."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from tests.integration.voucher.world import World


@pytest.fixture
def world(session: Callable[[str], Session]) -> World:
    """Everything told, nothing done yet."""
    return World(session("voucher")).told()
