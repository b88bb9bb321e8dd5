"""Words of the domain and enum values of the wire, both ways; the prefix is the one of the enum's zero value.

One meaning for a value of a later release: it is carried, never an error. A text carries it as `UNKNOWN_<number>`
(`name_of`), which equals no word of this release, so that no rule counts it in, and which goes back to the wire as the
very number (`value_of`). An enumeration of the domain, which has no place for it, carries None (`word_or_none`), and a
list of such words is without it (`words`). A request is another matter: what it asks must be understood, so `word`
refuses there.
"""

import re
from collections.abc import Iterable
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from google.protobuf.descriptor import EnumDescriptor

from services.chassis.names import InvalidField

if TYPE_CHECKING:
    from google.protobuf.internal.enum_type_wrapper import _EnumTypeWrapper as WireEnum

UNSPECIFIED = "UNSPECIFIED"
_LATER = re.compile(r"UNKNOWN_(-?\d+)")

Word = TypeVar("Word", bound=Enum)
Value = TypeVar("Value", bound=int)


def name_of(enum: "WireEnum[Value]", value: int) -> str:
    """The word of a value as text, "VOUCHER" of ARRANGEMENT_VOUCHER; one of a later release is "UNKNOWN_<number>"."""
    return name_in(enum.DESCRIPTOR, value)


def name_in(enum: EnumDescriptor, value: int) -> str:
    """The same by the enum's descriptor, for code that must not import the enum's contract."""
    known = enum.values_by_number.get(value)
    return f"UNKNOWN_{value}" if known is None else known.name.removeprefix(_prefix(enum))


def word(kind: type[Word], enum: "WireEnum[Value]", value: int, field: str = "") -> Word:
    """The domain's word of a request's value; `InvalidField(field)` refuses one that is unspecified or not known."""
    known = word_or_none(kind, enum, value)
    if known is None:
        raise InvalidField(
            field or _prefix(enum.DESCRIPTOR).lower().rstrip("_"), "must be one of the words of its list"
        )
    return known


def word_or_none(kind: type[Word], enum: "WireEnum[Value]", value: int) -> Word | None:
    """The domain's word of a fact's value; None for one that is unspecified, of a later release, or not used here."""
    try:
        return kind(name_of(enum, value))
    except ValueError:
        return None


def words(kind: type[Word], enum: "WireEnum[Value]", values: Iterable[int]) -> tuple[Word, ...]:
    """The domain's words of a fact's values, without those it does not know."""
    candidates = (word_or_none(kind, enum, value) for value in values)
    return tuple(known for known in candidates if known is not None)


def value_of(enum: "WireEnum[Value]", word: Enum | str | None) -> Value:
    """The wire's value of a word; None and "" are unspecified, "UNKNOWN_99" is the 99 it came as."""
    text = (word.value if isinstance(word, Enum) else word) or UNSPECIFIED
    if later := _LATER.fullmatch(text):
        number: Any = int(later[1])
        carried: Value = number
        return carried
    return enum.Value(_prefix(enum.DESCRIPTOR) + text)


def values_of(enum: "WireEnum[Value]", words: Iterable[Enum | str]) -> list[Value]:
    """The wire's values of words."""
    return [value_of(enum, word) for word in words]


@cache
def _prefix(enum: EnumDescriptor) -> str:
    zero: str = enum.values_by_number[0].name
    return zero.removesuffix(UNSPECIFIED)
