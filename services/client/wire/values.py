"""Small values both ways: enums by name, days and instants that may be left out, professionals."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from services.chassis.names import InvalidField
from services.chassis.values import id_of, id_text
from services.chassis.words import value_of, word
from services.client.domain.clients.people import Category, Professional, Registry
from sote.client.v1 import team_pb2


def day_of(message: Any, field: str) -> date | None:
    """The day in `message.field`, None when absent; `InvalidField` for one that is not in the calendar."""
    if not message.HasField(field):
        return None
    told = getattr(message, field)
    try:
        return date(told.year, told.month, told.day)
    except ValueError:
        raise InvalidField(field, "must be a day of the calendar") from None


def instant_of(message: Any, field: str) -> datetime | None:
    """The instant in `message.field`, None when absent; `InvalidField` for one out of range."""
    if not message.HasField(field):
        return None
    try:
        told: datetime = getattr(message, field).ToDatetime(tzinfo=UTC)
    except ValueError:
        raise InvalidField(field, "must be an instant") from None
    return told


def professional(one: Professional) -> team_pb2.Professional:
    """A professional on the wire."""
    return team_pb2.Professional(
        professional_id=one.professional_id,
        title=one.title,
        category=value_of(team_pb2.ProfessionalCategory, one.category),
        registry=value_of(team_pb2.ProfessionalRegistry, one.registry),
        registry_number=one.registry_number,
        organisation_id=id_text(one.organisation_id),
    )


def professional_from(told: team_pb2.Professional, employer: UUID | None) -> Professional:
    """The professional told; without an organisation of their own they work for `employer`."""
    return Professional(
        professional_id=told.professional_id,
        title=told.title,
        category=word(Category, team_pb2.ProfessionalCategory, told.category),
        registry=word(Registry, team_pb2.ProfessionalRegistry, told.registry),
        registry_number=told.registry_number,
        organisation_id=id_of(told.organisation_id) or employer,
    )
