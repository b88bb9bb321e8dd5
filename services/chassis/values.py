"""Small values on the wire, both ways: days, instants, ids and money."""

from datetime import UTC, date, datetime
from typing import overload
from uuid import UUID

from google.protobuf.timestamp_pb2 import Timestamp
from google.type.date_pb2 import Date

from services.chassis.names import InvalidField, uuid_of
from sote.type.v1.money_pb2 import Money


@overload
def day(value: date) -> Date: ...
@overload
def day(value: None) -> None: ...
@overload
def day(value: date | None) -> Date | None: ...
def day(value: date | None) -> Date | None:
    """A calendar day; nothing stays absent."""
    return None if value is None else Date(year=value.year, month=value.month, day=value.day)


def day_of(message: Date, field: str) -> date:
    """The day a message tells; refuses with `InvalidField(field)` what is no day of the calendar."""
    try:
        return date(message.year, message.month, message.day)
    except ValueError:
        raise InvalidField(field, "must be a day of the calendar") from None


@overload
def instant(value: datetime) -> Timestamp: ...
@overload
def instant(value: None) -> None: ...
@overload
def instant(value: datetime | None) -> Timestamp | None: ...
def instant(value: datetime | None) -> Timestamp | None:
    """An instant; nothing stays absent."""
    if value is None:
        return None
    stamp = Timestamp()
    stamp.FromDatetime(value.astimezone(UTC))
    return stamp


def id_text(value: UUID | None) -> str:
    """An id in a field that may be empty."""
    return "" if value is None else str(value)


def id_of(value: str, field: str = "id") -> UUID | None:
    """The id in a field that may be empty; refuses with `InvalidField(field)` what is no UUID."""
    return uuid_of(value, field) if value else None


def money(cents: int) -> Money:
    """An amount of euros in cents; zero is told too."""
    return Money(cents=cents, currency_code="EUR")
