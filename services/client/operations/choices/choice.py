"""How a direct choice ends."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.outbox import announce
from services.client.domain.choices.choice import ChoiceEnd, DirectChoice
from services.client.domain.clients.client import Client
from services.client.operations.relationships.relationship import close_source
from services.client.storage import choices
from services.client.wire.choices import direct_choice_ended


def end_choice(session: Session, choice: DirectChoice, reason: ChoiceEnd, now: datetime) -> None:
    """End a choice of a locked client and announce it."""
    choice.end(reason, today=helsinki_date(now), now=now)
    session.flush()
    fact = direct_choice_ended(choice)
    announce(session, fact, aggregate="directChoices", aggregate_id=choice.id, version=choice.version)
    close_source(session, choice.id, now)


def end_choices(session: Session, client: Client, reason: ChoiceEnd, now: datetime) -> None:
    """End every choice of a client who left the register."""
    for choice in choices.in_force(session, client.id).values():
        end_choice(session, choice, reason, now)
