"""What every method of every service has in common: repeats, etags and pages (AIP-154, 155, 158)."""

import re
from pathlib import Path

import pytest
from google.api import field_behavior_pb2
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message_factory import GetMessageClass
from protovalidate import ValidationError, validate

from tests.builders.methods import SERVICES, methods
from tests.builders.requests import rules_of

ROOT = Path(__file__).resolve().parents[2]
ALL = [method for service in SERVICES for method in methods(service)]
READING = (
    "Get",
    "BatchGet",
    "List",
    "Find",
    "Search",
    "Match",
    "Check",
    "Count",
    "Prove",
    "Preview",
    "Forecast",
    "Explain",
)
"""The verbs that change nothing; every other one does, and takes a request_id."""
WITHOUT_ETAG = {"DeclareHeldUnits", "RedeemVoucher"}
"""A former provider does not follow the voucher's versions; what it declares is taken once.
A claim makes a redemption."""
NAMES = [method.full_name.removeprefix("sote.") for method in ALL]


def comment(method: MethodDescriptor) -> str:
    """What the proto says of the method, in one line."""
    source = (ROOT / "protos" / method.containing_service.file.name).read_text()
    head = source[: source.index(f"  rpc {method.name}(")]
    return re.sub(r"\s+//\s*", " ", head[max(head.rfind("{\n"), head.rindex("\n\n")) :])


@pytest.mark.parametrize("method", ALL, ids=NAMES)
def test_what_changes_something_can_be_repeated_AIP_155(method: MethodDescriptor) -> None:
    reads = method.name.startswith(READING)
    field = method.input_type.fields_by_name.get("request_id")
    assert reads == (field is None)
    if field is not None:
        assert rules_of(field).string.uuid


@pytest.mark.parametrize("method", [one for one in ALL if one.name.startswith("List")], ids=lambda one: one.full_name)
def test_a_list_comes_in_pages_or_says_why_not_AIP_158(method: MethodDescriptor) -> None:
    asked, given = method.input_type.fields_by_name, method.output_type.fields_by_name
    paged = {"page_size", "page_token"} <= set(asked) and "next_page_token" in given
    assert paged != ("not paged" in comment(method).lower()), comment(method)


@pytest.mark.parametrize("method", ALL, ids=NAMES)
def test_a_change_of_what_is_there_takes_an_etag_AIP_154(method: MethodDescriptor) -> None:
    fields = method.input_type.fields_by_name
    answered = method.output_type.fields_by_name
    if "request_id" in fields and "name" in fields and "etag" in answered and method.name not in WITHOUT_ETAG:
        assert "etag" in fields


@pytest.mark.parametrize("method", ALL, ids=NAMES)
def test_a_field_is_required_exactly_when_its_absence_is_refused_AIP_203(method: MethodDescriptor) -> None:
    behaviors = {
        field.name: set(field.GetOptions().Extensions[field_behavior_pb2.field_behavior])
        for field in method.input_type.fields
    }
    refused: set[str] = set()
    try:
        validate(GetMessageClass(method.input_type)())
    except ValidationError as error:
        refused = {one.proto.field.elements[0].field_name for one in error.violations if one.proto.field}
    choices = set(method.input_type.oneofs_by_name)  # one of several: none of them is required by itself
    assert {name for name, said in behaviors.items() if field_behavior_pb2.REQUIRED in said} == refused - choices
