"""Words between the domain and protobuf."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, TypeVar

Word = TypeVar("Word", bound=StrEnum)


def enum(wrapper: Any, prefix: str, word: str | None) -> Any:
    """The protobuf value of a domain word: `enum(PlanStatus, "PLAN_STATE_", "DRAFT")`; nothing is UNSPECIFIED."""
    return wrapper.Value(prefix + (word or "UNSPECIFIED"))


def enums(wrapper: Any, prefix: str, words: Iterable[str]) -> list[Any]:
    """The protobuf values of domain words."""
    return [enum(wrapper, prefix, word) for word in words]


def name_of(wrapper: Any, prefix: str, value: int) -> str:
    """The domain's word, as text, for a protobuf value; UNSPECIFIED, or one of a later release, is the empty text."""
    if value not in wrapper.values():
        return ""
    found: str = wrapper.Name(value)
    return found.removeprefix(prefix).replace("UNSPECIFIED", "")


def word(kind: type[Word], wrapper: Any, prefix: str, value: int) -> Word | None:
    """The domain's word for a protobuf value; UNSPECIFIED, or one the domain does not know, is nothing."""
    found = name_of(wrapper, prefix, value)
    return kind(found) if found in kind.__members__ else None


def words(kind: type[Word], wrapper: Any, prefix: str, values: Iterable[int]) -> tuple[Word, ...]:
    """The domain's words for protobuf values; those it does not know are left out."""
    found = (word(kind, wrapper, prefix, value) for value in values)
    return tuple(one for one in found if one is not None)
