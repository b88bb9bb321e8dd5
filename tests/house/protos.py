"""What every proto says alike: `make check` runs it over the descriptor image. Each line it prints is a fault."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from google.api import field_behavior_pb2, resource_pb2
from google.protobuf import descriptor_pb2

ROOT = Path(__file__).resolve().parents[2]
IMAGE = ROOT / "protos" / "third_party" / "api.binpb"

FIELD, MESSAGE, ENUM = 2, 4, 5
REQUIRED = field_behavior_pb2.REQUIRED
OUTPUT_ONLY = field_behavior_pb2.OUTPUT_ONLY
IDENTIFIER = field_behavior_pb2.IDENTIFIER
NAME = re.compile(r"The resource name, ([\w/{}.]+)\.(?: .+)?")
ASKED = {
    "request_id": "A UUID, new for each act: a repeat with the same one gets the first answer. "
    "Empty: a repeat is a new act.",
    "etag": "The etag that was read: refused with VERSION_CONFLICT when the resource has another by now. "
    "Empty: not checked.",
    "page_size": "At most this many; 0 means 50, more than 1000 means 1000.",
    "page_token": "The next_page_token of the page before; empty for the first page.",
}
"""What a request says of a field that many have."""
GIVEN = {
    "uid": "The UUID in the name.",
    "etag": "Changes with every change of the resource; send it back to change only what was read.",
    "create_time": "When the resource was created.",
    "update_time": "When the resource last changed.",
}
"""What a resource says of a field that many have."""
COMPLETENESS = {"SectionState", "SectionStatus"}
"""How much of a section there is: no state that it goes through."""
NEXT_PAGE = "The token of the next page; empty on the last page."

WITH_EXAMPLE = {
    "sote/careplan/v1/acknowledgement.proto": {"Acknowledgement"},
    "sote/careplan/v1/delivery.proto": {"Delivery"},
    "sote/careplan/v1/operator_transfer_service.proto": {"OperatorTransfer"},
    "sote/careplan/v1/plan.proto": {"PlanVersion"},
    "sote/careplan/v1/reroute.proto": {"RerouteCase"},
    "sote/gateway/v1/record.proto": {"SectionState"},
    "sote/voucher/v1/budget.proto": {"BudgetLine", "LedgerEntry"},
    "sote/voucher/v1/reroute.proto": {"VoucherReroute"},
    "sote/voucher/v1/voucher.proto": {"VoucherMoney"},
}
"""What is hard to read without an example of its values."""

File = descriptor_pb2.FileDescriptorProto
Message = descriptor_pb2.DescriptorProto
Field = descriptor_pb2.FieldDescriptorProto


def behavior(field: Field) -> frozenset[int]:
    """How callers meet the field (AIP-203)."""
    return frozenset(field.options.Extensions[field_behavior_pb2.field_behavior])


def is_resource(message: Message) -> bool:
    """Something with a name of its own (AIP-123)."""
    fields = {field.name for field in message.field}
    if message.name.endswith(("Request", "Response")):
        return False
    return "name" in fields and bool(fields & {"uid", "etag", "create_time"})


def of_request(field: Field, comment: str) -> Iterator[str]:
    """Faults of a request's field."""
    if field.name in ASKED and comment != ASKED[field.name]:
        yield f'says "{comment}" instead of "{ASKED[field.name]}"'
    if not behavior(field):
        yield "does not say whether it is REQUIRED or OPTIONAL"


def of_resource(message: Message, field: Field, comment: str) -> Iterator[str]:
    """Faults of a resource's field."""
    if field.name in GIVEN and comment != GIVEN[field.name]:
        yield f'says "{comment}" instead of "{GIVEN[field.name]}"'
    if field.name in GIVEN and OUTPUT_ONLY not in behavior(field):
        yield "is not OUTPUT_ONLY"
    if field.name == "name":
        yield from _of_name(message, field, comment)


def _of_name(message: Message, field: Field, comment: str) -> Iterator[str]:
    named = NAME.fullmatch(comment)
    patterns = message.options.Extensions[resource_pb2.resource].pattern
    shapes = [re.sub(r"\{[^}]+\}", "{}", pattern) for pattern in patterns]
    if IDENTIFIER not in behavior(field):
        yield "is not IDENTIFIER"
    if not named:
        yield f'says "{comment}" instead of "The resource name, <pattern>."'
    elif re.sub(r"\{[^}]+\}(\.\{[^}]+\})?", "{}", named[1]) not in shapes:
        yield f"is not a pattern of the resource: {', '.join(patterns) or 'it has no google.api.resource'}"


def of_states(file: File) -> Iterator[str]:
    """A state is `State state` in the file of its noun (AIP-216); facts know nouns, nouns know no facts."""
    if not file.name.endswith("/events.proto"):
        yield from (f"{file.name}: imports {name}" for name in file.dependency if name.endswith("/events.proto"))
    elif file.enum_type:
        yield f"{file.name}: {file.enum_type[0].name} stands among facts, not in the file of its noun"
    nested = [(message.name, field.name) for message in file.message_type for field in message.field]
    named = [(enum.name, enum.name) for enum in file.enum_type if enum.name not in COMPLETENESS]
    for place, name in [pair for pair in nested if pair[0] not in COMPLETENESS] + named:
        if name.lower().endswith("status"):
            yield f"{file.name}: {place}.{name} is a state and not called so"


def faults(file: File) -> Iterator[str]:
    """Every fault of a file, with its place."""
    yield from of_states(file)
    comments = {tuple(at.path): " ".join(at.leading_comments.split()) for at in file.source_code_info.location}
    for number, message in enumerate(file.message_type):
        if message.name in WITH_EXAMPLE.get(file.name, ()) and "Example: " not in comments.get((MESSAGE, number), ""):
            yield f"{file.name}: {message.name} has no example"
        for index, field in enumerate(message.field):
            comment = comments.get((MESSAGE, number, FIELD, index), "")
            found: list[str] = []
            if message.name.endswith("Request"):
                found += of_request(field, comment)
            elif is_resource(message):
                found += of_resource(message, field, comment)
            if field.name == "next_page_token" and comment != NEXT_PAGE:
                found.append(f'says "{comment}" instead of "{NEXT_PAGE}"')
            if "output only" in comment.lower():
                found.append("says in prose what google.api.field_behavior says")
            yield from (f"{file.name}: {message.name}.{field.name} {fault}" for fault in found)


def house_files() -> Iterator[File]:
    """The files of the image that are ours."""
    image = descriptor_pb2.FileDescriptorSet.FromString(IMAGE.read_bytes())
    yield from (file for file in image.file if file.name.startswith("sote/"))


def main() -> int:
    """Print every fault; the exit code is 1 when there is one."""
    found = [fault for file in house_files() for fault in faults(file)]
    sys.stdout.writelines(f"{fault}\n" for fault in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
