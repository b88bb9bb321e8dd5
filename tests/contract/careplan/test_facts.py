"""What listeners may rely on: INV-24 in the database, and facts without personal data (INV-25)."""

from collections.abc import Callable

import pytest
from google.protobuf.descriptor import FieldDescriptor
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from sote.careplan.v1 import events_pb2

pytestmark = pytest.mark.contract
FREE_TEXT = ("text", "reason_text", "place", "name", "address", "client_view", "display_name", "title", "note")


def test_no_fact_has_a_field_for_free_text_or_names_INV_25() -> None:
    fields: list[FieldDescriptor] = [
        field for message in events_pb2.DESCRIPTOR.message_types_by_name.values() for field in message.fields
    ]
    assert [field.full_name for field in fields if field.name in FREE_TEXT] == []


@pytest.mark.parametrize("change", ["update plan_version set major = 9", "delete from plan_version"])
def test_the_database_refuses_to_change_a_version_INV_24(session: Callable[[str], Session], change: str) -> None:
    with pytest.raises(IntegrityError, match="never changes"):
        session("careplan").execute(text(change))
