"""Questions about direct choices, and what a client can choose (INV-23)."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.names import resource_id
from services.chassis.pages import page_of
from services.client.domain.guidance import ChoiceKind, neutral_order, options_digest
from services.client.storage import choices
from services.client.wire import choices as choice_wire
from sote.client.v1 import choice_option_service_pb2 as pb
from sote.client.v1 import (
    choice_pb2,
    direct_choice_service_pb2,
)


def get_direct_choice(session: Session, name: str) -> choice_pb2.DirectChoice:
    """The choice `directChoices/{uuid}`."""
    return choice_wire.direct_choice(choices.get_direct_choice(session, resource_id(name, "directChoices")))


def list_direct_choices(
    session: Session, request: direct_choice_service_pb2.ListDirectChoicesRequest
) -> direct_choice_service_pb2.ListDirectChoicesResponse:
    """A page of a client's choices, oldest first."""
    page, table = page_of(request), choices.choices
    query = choices.of_client(UUID(request.client_id))
    rows = session.scalars(page.select(query, table.c.created_at, table.c.id)).all()
    shown, token = page.cut(rows, lambda row: (row.created_at, row.id))
    return direct_choice_service_pb2.ListDirectChoicesResponse(
        direct_choices=[choice_wire.direct_choice(row) for row in shown], next_page_token=token
    )


def list_choice_options(
    session: Session, client_id: UUID, kind: ChoiceKind, today: date
) -> pb.ListChoiceOptionsResponse:
    """Every provider that can be chosen today, in the client's neutral order."""
    units: dict[UUID, list[UUID]] = defaultdict(list)
    for unit, (provider, _) in choices.eligible(session, kind, today).items():
        units[provider].append(unit)
    order = neutral_order(client_id, units)
    return pb.ListChoiceOptionsResponse(
        options=[
            pb.ChoiceOption(
                provider_id=str(provider),
                unit_ids=[str(unit) for unit in neutral_order(client_id, units[provider])],
            )
            for provider in order
        ],
        options_digest=options_digest(order),
    )
