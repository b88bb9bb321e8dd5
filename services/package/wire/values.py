"""Enumerations both ways."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from services.kernel.care import DeliveryMode
from sote.type.v1 import care_pb2 as care

Code = TypeVar("Code", bound=StrEnum)


def word(kind: type[Code], name: str, prefix: str) -> Code:
    """The domain's word for the name of an enum value on the wire."""
    return kind(name.removeprefix(prefix))


def modes_of(values: Iterable[care.DeliveryMode.ValueType]) -> tuple[DeliveryMode, ...]:
    """Delivery modes from the wire."""
    return tuple(word(DeliveryMode, care.DeliveryMode.Name(value), "DELIVERY_MODE_") for value in values)


def mode_values(modes: Iterable[DeliveryMode]) -> list[care.DeliveryMode.ValueType]:
    """Delivery modes on the wire."""
    return [care.DeliveryMode.Value(f"DELIVERY_MODE_{mode}") for mode in modes]
