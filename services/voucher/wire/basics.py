"""Money, days and instants: domain values to protobuf and back."""

from datetime import date, datetime
from uuid import UUID

from google.protobuf.timestamp_pb2 import Timestamp
from google.type.date_pb2 import Date

from services.chassis.names import InvalidField
from sote.type.v1.money_pb2 import Money


def money(cents: int) -> Money:
    """An amount of euros; zero cents are said too."""
    return Money(cents=cents, currency_code="EUR")


def day(value: date | None) -> Date | None:
    """A calendar day; None stays None."""
    return None if value is None else Date(year=value.year, month=value.month, day=value.day)


def date_from(message: Date, field: str) -> date:
    """The day a message names; refuses with InvalidField what is no day of the calendar."""
    try:
        return date(message.year, message.month, message.day)
    except ValueError:
        raise InvalidField(field, "must be a day of the calendar") from None


def instant(value: datetime | None) -> Timestamp | None:
    """A moment; None stays None."""
    if value is None:
        return None
    message = Timestamp()
    message.FromDatetime(value)
    return message


def uuid_or_none(text: str) -> UUID | None:
    """The id in a field that may be empty."""
    return UUID(text) if text else None


def text_of(value: UUID | None) -> str:
    """An id as a field holds it; empty for none."""
    return "" if value is None else str(value)
