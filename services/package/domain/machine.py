"""How a state machine of this service moves: a table of (state, command), and a refusal for every other pair."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from services.package.domain.refusals import IllegalTransition

State = TypeVar("State", bound=StrEnum)


def moved(transitions: Mapping[tuple[State, str], State], state: State, command: str, *, what: str) -> State:
    """The state after `command`; refuses with IllegalTransition where the table has no such pair."""
    after = transitions.get((state, command))
    if after is None:
        raise IllegalTransition(what, state, command)
    return after
