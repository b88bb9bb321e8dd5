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
    day = getattr(message, field)
    try:
        return date(day.year, day.month, day.day)
    except ValueError:
        raise InvalidField(field, "must be a day of the calendar") from None


def instant_of(message: Any, field: str) -> datetime | None:
    """The instant in `message.field`, None when absent; `InvalidField` for one out of range."""
    if not message.HasField(field):
        return None
    try:
        instant: datetime = getattr(message, field).ToDatetime(tzinfo=UTC)
    except ValueError:
        raise InvalidField(field, "must be an instant") from None
    return instant


def professional(professional: Professional) -> team_pb2.Professional:
    """A professional on the wire."""
    return team_pb2.Professional(
        professional_id=professional.professional_id,
        title=professional.title,
        category=value_of(team_pb2.ProfessionalCategory, professional.category),
        registry=value_of(team_pb2.ProfessionalRegistry, professional.registry),
        registry_number=professional.registry_number,
        organisation_id=id_text(professional.organisation_id),
    )


def professional_from(message: team_pb2.Professional, employer: UUID | None) -> Professional:
    """The professional that a request names; without an organisation of their own they work for `employer`."""
    return Professional(
        professional_id=message.professional_id,
        title=message.title,
        category=word(Category, team_pb2.ProfessionalCategory, message.category),
        registry=word(Registry, team_pb2.ProfessionalRegistry, message.registry),
        registry_number=message.registry_number,
        organisation_id=id_of(message.organisation_id) or employer,
    )
