"""Small values both ways: dates, instants, money, enumerations and ids."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from google.protobuf.timestamp_pb2 import Timestamp
from google.type.date_pb2 import Date

from services.chassis.names import InvalidField
from services.package.domain.words import DeliveryMode
from sote.type.v1 import care_pb2 as care
from sote.type.v1.money_pb2 import Money

Code = TypeVar("Code", bound=StrEnum)


def timestamp(moment: datetime) -> Timestamp:
    """An instant on the wire."""
    stamp = Timestamp()
    stamp.FromDatetime(moment)
    return stamp


def date_message(day: date) -> Date:
    """A calendar date on the wire."""
    return Date(year=day.year, month=day.month, day=day.day)


def date_of(message: Date, field: str) -> date:
    """A calendar date from the wire; refuses with InvalidField what is none."""
    try:
        return date(message.year, message.month, message.day)
    except ValueError:
        raise InvalidField(field, "must be a calendar date") from None


def money(cents: int) -> Money:
    """An amount in euros."""
    return Money(cents=cents, currency_code="EUR")


def word(kind: type[Code], name: str, prefix: str) -> Code:
    """The domain's word for the name of an enum value on the wire."""
    return kind(name.removeprefix(prefix))


def modes_of(values: Iterable[care.DeliveryMode.ValueType]) -> tuple[DeliveryMode, ...]:
    """Delivery modes from the wire."""
    return tuple(word(DeliveryMode, care.DeliveryMode.Name(value), "DELIVERY_MODE_") for value in values)


def mode_values(modes: Iterable[DeliveryMode]) -> list[care.DeliveryMode.ValueType]:
    """Delivery modes on the wire."""
    return [care.DeliveryMode.Value(f"DELIVERY_MODE_{mode}") for mode in modes]


def id_text(uid: UUID | None) -> str:
    """An id on the wire; empty for none."""
    return "" if uid is None else str(uid)


def id_of(text: str) -> UUID | None:
    """An id from the wire; None when empty."""
    return UUID(text) if text else None
