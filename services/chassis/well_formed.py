"""What no request of any method may hold: text no database stores, numbers no enum has, days no calendar has."""

from collections.abc import Iterator
from datetime import date

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from google.type.date_pb2 import Date

Violation = tuple[str, str, str]
"""The path of a field as BadRequest names it, what is wrong, and the rule."""


def ill_formed(message: Message, path: str = "") -> Iterator[Violation]:
    """Every field of the message that no rule of any method could take, the parts of its parts included."""
    for field, value in message.ListFields():
        here = f"{path}{field.name}"
        if _is_map(field):
            yield from (item for pair in value.items() for text in pair for item in _scalar(field, text, here))
        elif field.is_repeated:
            for number, item in enumerate(value):
                yield from _part(field, item, f"{here}[{number}]")
        else:
            yield from _part(field, value, here)


def _part(field: FieldDescriptor, value: object, path: str) -> Iterator[Violation]:
    if isinstance(value, Date):
        yield from _day(value, path)
    elif isinstance(value, Message):
        yield from ill_formed(value, f"{path}.")
    else:
        yield from _scalar(field, value, path)


def _scalar(field: FieldDescriptor, value: object, path: str) -> Iterator[Violation]:
    if isinstance(value, str) and "\0" in value:
        yield path, "must not hold the character NUL", "string.nul"
    elif field.enum_type is not None and value not in field.enum_type.values_by_number:
        yield path, "must be a value of the enum", "enum.defined_only"


def _day(value: Date, path: str) -> Iterator[Violation]:
    try:
        date(value.year, value.month, value.day)
    except ValueError:
        yield path, "must be a day of the calendar", "date.calendar"


def _is_map(field: FieldDescriptor) -> bool:
    return field.message_type is not None and field.message_type.GetOptions().map_entry
