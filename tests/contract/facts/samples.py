"""Golden samples of every fact: what was once sent must be read for ever, whatever is added to the protos.

`python tests/contract/facts/samples.py` (part of `make pages`) adds a sample of each fact that has none. It never
changes one: bytes in queues and dead letters cannot be changed either.
"""

import json
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
for _folder in (str(ROOT), str(ROOT / "protos")):
    if _folder not in sys.path:
        sys.path.insert(0, _folder)

SERVICES = ("careplan", "client", "package", "provider", "voucher")
WELL_KNOWN: dict[str, dict[str, int]] = {
    "google.type.Date": {"year": 2025, "month": 3, "day": 1},
    "google.protobuf.Timestamp": {"seconds": 1_741_680_000},
}
LAST_DAY = {"year": 2025, "month": 8, "day": 31}
WORDS = {"county": "MAAKUNTA_2017:06", "currency_code": "EUR"}

Golden = dict[str, dict[str, Any]]


def fact_classes() -> Iterator[type[Message]]:
    """The class of every message in an events.proto that is not a part of another one there."""
    for service in SERVICES:
        file = import_module(f"sote.{service}.v1.events_pb2").DESCRIPTOR
        messages = file.message_types_by_name.values()
        parts = {field.message_type.full_name for one in messages for field in one.fields if field.message_type}
        for one in messages:
            if one.full_name not in parts:
                yield GetMessageClass(one)


def sample(kind: type[Message]) -> Message:
    """The message with every field filled, the same at every call."""
    message = kind()
    _fill(message)
    return message


def _fill(message: Message, ends: bool = False) -> None:
    kind = message.DESCRIPTOR
    if kind.full_name in WELL_KNOWN:
        values = LAST_DAY if ends and kind.full_name == "google.type.Date" else WELL_KNOWN[kind.full_name]
        for name, value in values.items():
            setattr(message, name, value)
        return
    for field in kind.fields:
        _fill_field(message, field)


def _fill_field(message: Message, field: Any) -> None:
    held = getattr(message, field.name)
    inner: Descriptor | None = field.message_type
    if inner is not None and inner.GetOptions().map_entry:
        held["key"] = "value"
    elif inner is not None:
        _fill(held.add() if field.is_repeated else held, ends=field.name.startswith(("to_", "valid_to", "period_end")))
    elif field.is_repeated:
        held.append(_scalar(field))
    else:
        setattr(message, field.name, _scalar(field))


def _scalar(field: FieldDescriptor) -> object:
    if field.enum_type is not None:
        return field.enum_type.values[1].number
    if field.cpp_type == FieldDescriptor.CPPTYPE_BOOL:
        return True
    if field.cpp_type != FieldDescriptor.CPPTYPE_STRING:
        return 2
    if field.name.endswith(("_id", "_ids")):
        return str(uuid5(NAMESPACE_OID, field.name.removesuffix("s")))
    return WORDS.get(field.name, field.name.upper().replace("_", "-"))


def golden(service: str) -> Golden:
    """full name -> {"json": what it says, "hex": its bytes} of every sample of the service's facts."""
    path = HERE / "golden" / f"{service}.json"
    stored: Golden = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return stored


def main() -> None:
    """Add the samples that are missing."""
    for service in SERVICES:
        kept = golden(service)
        for kind in fact_classes():
            name = kind.DESCRIPTOR.full_name
            if name.split(".")[1] == service and name not in kept:
                message = sample(kind)
                told = MessageToDict(message, preserving_proto_field_name=True)
                kept[name] = {"json": told, "hex": message.SerializeToString(deterministic=True).hex()}
        text = json.dumps(kept, indent=1, sort_keys=True) + "\n"
        (HERE / "golden" / f"{service}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
