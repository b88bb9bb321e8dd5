"""Requests made from the protos alone: one that keeps every rule it can, and many with one field gone bad."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from google.protobuf.descriptor import Descriptor, FieldDescriptor, MethodDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from buf.validate import validate_pb2

DEEPEST = 4
UID = str(uuid5(NAMESPACE_OID, "request"))
TEXTS = (
    "words",
    "837",
    "fi",
    "FI",
    "1.0",
    "SOC-FAM-WORK",
    "NOTICE",
    "MAAKUNTA_2017:06",
    f"plans/{UID}/versions/1.0",
    "catalogueServices/SOC-FAM",
    "ab" * 32,
)
"""Some text of each shape that a pattern of the protos asks for; names of resources are made from the pattern."""

VALUES: dict[str, dict[str, int]] = {
    "google.type.Date": {"year": 2025, "month": 3, "day": 1},
    "google.protobuf.Timestamp": {"seconds": 1_741_680_000},
    "google.protobuf.Duration": {"seconds": 60},
}
NO_DAYS = ({"year": 2025, "month": 2, "day": 30}, {"year": 2025, "month": 13, "day": 1}, {"year": -1}, {"day": 40})
EXTREMES: dict[int, tuple[Any, ...]] = {
    FieldDescriptor.CPPTYPE_STRING: ("x\0y", "x" * 100_000, "'; drop table outbox; --", "\u202e\u200b"),
    FieldDescriptor.CPPTYPE_INT32: (-(2**31), 2**31 - 1),
    FieldDescriptor.CPPTYPE_INT64: (-(2**63), 2**63 - 1),
    FieldDescriptor.CPPTYPE_UINT32: (2**32 - 1,),
    FieldDescriptor.CPPTYPE_ENUM: (999,),
}
_COLLECTION = re.compile(r"^\^(\w+)/\[0-9a-f-\]\{36\}\$$")


@dataclass(frozen=True)
class Gone:
    """A request whose field `path` has gone bad; `surely` when no rule of any method could take it."""

    path: str
    request: Message
    surely: bool


def fitting(method: MethodDescriptor) -> Message:
    """A request of the method with every field filled."""
    message = GetMessageClass(method.input_type)()
    _fill(message, 0)
    return message


def gone_bad(method: MethodDescriptor) -> Iterator[Gone]:
    """The same request with one field gone bad, for each field and each way."""
    for path, field in list(_places(fitting(method), "")):
        for value in _bad_values(field):
            request = fitting(method)
            _set(request, path, field, value)
            yield Gone(path, request, _surely(field, value))


def _fill(message: Message, depth: int) -> None:
    kind = message.DESCRIPTOR
    if kind.full_name in VALUES:
        for name, value in VALUES[kind.full_name].items():
            setattr(message, name, value)
        return
    for field in kind.fields:
        _fill_field(message, field, depth)


def _fill_field(message: Message, field: Any, depth: int) -> None:
    inner: Descriptor | None = field.message_type
    held = getattr(message, field.name)
    if inner is not None and inner.GetOptions().map_entry:
        held["weekdays"] = "3"
    elif inner is not None:
        if depth < DEEPEST and _open(message, field):
            part = held.add() if field.is_repeated else held
            part.SetInParent()
            _fill(part, depth + 1)
    elif field.is_repeated:
        held.append(_scalar(field, rules_of(field).repeated.items))
    elif _open(message, field):
        setattr(message, field.name, _scalar(field, rules_of(field)))


def _open(message: Message, field: FieldDescriptor) -> bool:
    """Whether no other field of its oneof is set."""
    return field.containing_oneof is None or message.WhichOneof(field.containing_oneof.name) is None


def rules_of(field: FieldDescriptor) -> validate_pb2.FieldRules:
    """What the proto says of the field's values."""
    options: Any = field.GetOptions()
    found: validate_pb2.FieldRules = options.Extensions[validate_pb2.field]
    return found


def _scalar(field: FieldDescriptor, rules: validate_pb2.FieldRules) -> object:
    if field.enum_type is not None:
        return field.enum_type.values[1].number
    if field.cpp_type == FieldDescriptor.CPPTYPE_BOOL:
        return True
    if field.cpp_type == FieldDescriptor.CPPTYPE_STRING:
        return b"" if field.type == FieldDescriptor.TYPE_BYTES else _text(field, rules)
    return 2


def _text(field: FieldDescriptor, rules: validate_pb2.FieldRules) -> str:
    if field.name == "page_token" or field.name == "etag":
        return ""
    if rules.string.const:
        return str(rules.string.const)
    if rules.string.uuid or field.name.endswith(("_id", "_ids")):
        return UID
    collection = _COLLECTION.match(rules.string.pattern)
    if collection:
        return f"{collection[1]}/{UID}"
    if rules.string.pattern:
        return next(text for text in TEXTS if re.search(rules.string.pattern, text))
    return "words" if field.name != "name" else f"vouchers/{UID}"


def _places(message: Message, path: str) -> Iterator[tuple[str, Any]]:
    """Every field that can go bad, by its path as BadRequest names it: scalars, and days as a whole."""
    for field, value in message.ListFields():
        inner: Descriptor | None = field.message_type
        if inner is not None and inner.GetOptions().map_entry:
            continue
        here = f"{path}{field.name}[0]" if field.is_repeated else f"{path}{field.name}"
        if inner is None or inner.full_name in VALUES:
            yield here, field
        else:
            yield from _places(value[0] if field.is_repeated else value, f"{here}.")


def _bad_values(field: FieldDescriptor) -> tuple[Any, ...]:
    if field.message_type is not None:
        return NO_DAYS if field.message_type.full_name == "google.type.Date" else ()
    if field.type == FieldDescriptor.TYPE_BYTES:
        return ()
    return EXTREMES.get(field.cpp_type, ())


def _surely(field: FieldDescriptor, value: object) -> bool:
    """Whether nothing could take it: NUL in a text, a name, an id, an enum value that is not there, no day."""
    if field.message_type is not None or field.enum_type is not None:
        return True
    return isinstance(value, str) and "\0" in value


def _set(request: Message, path: str, field: FieldDescriptor, value: Any) -> None:
    holder: Any = request
    *steps, last = path.split(".")
    for step in steps:
        holder = _at(holder, step)
    name = last.removesuffix("[0]")
    if isinstance(value, dict):
        day = _at(holder, last)
        day.Clear()
        for part, number in value.items():
            setattr(day, part, number)
        day.SetInParent()
    elif last.endswith("[0]"):
        getattr(holder, name)[0] = value
    else:
        setattr(holder, name, value)


def _at(holder: Any, step: str) -> Any:
    held = getattr(holder, step.removesuffix("[0]"))
    return held[0] if step.endswith("[0]") else held
