"""State machines as tables: (state, command) leads to a state, and every pair that is not listed is refused."""

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

from services.kernel.refusal import IllegalTransition

State = TypeVar("State", bound=Enum)


def move(transitions: Mapping[tuple[State, str], State], state: State, command: str, *, noun: str) -> State:
    """The state after `command`; refuses with `IllegalTransition` what the table of this `noun` does not list."""
    after = transitions.get((state, command))
    if after is None:
        raise IllegalTransition(noun, state.value, command)
    return after


def listed(command: str, *pairs: tuple[tuple[State, ...], State]) -> dict[tuple[State, str], State]:
    """Rows of a table: `command` leads from each of these states to that one."""
    return {(state, command): to for states, to in pairs for state in states}
