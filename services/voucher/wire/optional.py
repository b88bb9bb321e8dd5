"""Fields of requests that may be left out."""

from datetime import date
from uuid import UUID

from google.protobuf.message import Message

from services.chassis.names import uuid_of
from services.chassis.values import day_of


def optional_date(request: Message, field: str) -> date | None:
    """The day in a field that may be absent; refuses with InvalidField what is no day."""
    return day_of(getattr(request, field), field) if request.HasField(field) else None


def optional_uuid(text: str, field: str) -> UUID | None:
    """The id in a field that may be empty; refuses with InvalidField what is no canonical UUID."""
    return uuid_of(text, field) if text else None
