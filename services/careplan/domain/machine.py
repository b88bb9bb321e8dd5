"""State machines as tables: a command that is not listed for a state is refused."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from services.careplan.domain.refusals import IllegalTransition

State = TypeVar("State", bound=StrEnum)


def move(transitions: Mapping[tuple[State, str], State], state: State, command: str) -> State:
    """The state after `command`; refuses with `IllegalTransition` what the table does not list."""
    try:
        return transitions[state, command]
    except KeyError:
        raise IllegalTransition(state.value, command) from None


def listed(command: str, *pairs: tuple[tuple[State, ...], State]) -> dict[tuple[State, str], State]:
    """Rows of a transition table: `command` leads from each of these states to that one."""
    return {(state, command): to for states, to in pairs for state in states}
