"""The question what a client can choose directly (INV-23)."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from services.client.domain.guidance import ChoiceKind, neutral_order, options_digest
from services.client.storage import choices
from sote.client.v1 import choice_option_service_pb2 as pb


def list_options(session: Session, client_id: UUID, kind: ChoiceKind, today: date) -> pb.ListChoiceOptionsResponse:
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
