"""Days, instants, ids and words between the domain and protobuf."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from google.protobuf.timestamp_pb2 import Timestamp
from google.type.date_pb2 import Date

from services.chassis.names import InvalidField, uuid_of

Word = TypeVar("Word", bound=StrEnum)


def day(value: date | None) -> Date | None:
    """A calendar day; nothing stays absent."""
    return None if value is None else Date(year=value.year, month=value.month, day=value.day)


def day_of(message: Date, field: str) -> date:
    """The day a message tells; refuses with `InvalidField(field)` what is no day of the calendar."""
    try:
        return date(message.year, message.month, message.day)
    except ValueError:
        raise InvalidField(field, "must be a day of the calendar") from None


def instant(value: datetime | None) -> Timestamp | None:
    """An instant; nothing stays absent."""
    if value is None:
        return None
    stamp = Timestamp()
    stamp.FromDatetime(value.astimezone(UTC))
    return stamp


def text(value: UUID | None) -> str:
    """An id as text; nothing is the empty text."""
    return "" if value is None else str(value)


def uuid_or_none(value: str, field: str = "id") -> UUID | None:
    """The id in a text; the empty text is nothing."""
    return uuid_of(value, field) if value else None


def enum(wrapper: Any, prefix: str, word: str | None) -> Any:
    """The protobuf value of a domain word: `enum(PlanStatus, "PLAN_STATUS_", "DRAFT")`; nothing is UNSPECIFIED."""
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
