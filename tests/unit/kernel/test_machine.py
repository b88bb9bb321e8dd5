"""A state machine takes the commands its table lists and refuses every other."""

from enum import StrEnum

import pytest

from services.kernel.machine import listed, move
from services.kernel.refusal import IllegalTransition

pytestmark = pytest.mark.unit


class Door(StrEnum):
    OPEN = "OPEN"
    SHUT = "SHUT"
    LOCKED = "LOCKED"


DOOR = listed("shut", ((Door.OPEN,), Door.SHUT)) | listed("open", ((Door.SHUT, Door.LOCKED), Door.OPEN))


def test_a_listed_command_leads_to_the_state_of_its_row() -> None:
    assert move(DOOR, Door.OPEN, "shut", noun="a door") is Door.SHUT
    assert DOOR == {(Door.OPEN, "shut"): Door.SHUT, (Door.SHUT, "open"): Door.OPEN, (Door.LOCKED, "open"): Door.OPEN}


@pytest.mark.parametrize(("state", "command"), [(Door.LOCKED, "shut"), (Door.OPEN, "open"), (Door.SHUT, "paint")])
def test_a_pair_that_is_not_listed_is_refused(state: Door, command: str) -> None:
    with pytest.raises(IllegalTransition, match=f"a door in state {state} does not take the command {command}"):
        move(DOOR, state, command, noun="a door")
