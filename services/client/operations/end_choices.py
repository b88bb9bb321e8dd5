"""Direct choices end: replaced, the client left the register (D6), or the contract is over (C10 of saga C)."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.outbox import announce
from services.client.domain.choice import ChoiceEnd, DirectChoice
from services.client.domain.client import Client
from services.client.operations.keep_relationships import close_source
from services.client.operations.publish_client import publish_client
from services.client.storage import choices, clients
from services.client.wire.choices import direct_choice_ended

AT_ONCE = 50
"""So many clients one round of the timer looks after."""


def end_choice(session: Session, choice: DirectChoice, reason: ChoiceEnd, now: datetime) -> None:
    """End a choice of a locked client and tell it."""
    choice.end(reason, today=helsinki_date(now), now=now)
    session.flush()
    fact = direct_choice_ended(choice)
    announce(session, fact, aggregate="directChoices", aggregate_id=choice.id, version=choice.version)
    close_source(session, choice.id, now)


def end_choices(session: Session, client: Client, reason: ChoiceEnd, now: datetime) -> None:
    """End every choice of a client who left the register."""
    for choice in choices.in_force(session, client.id).values():
        end_choice(session, choice, reason, now)


def end_lost_choices(session: Session, *, now: datetime) -> None:
    """End the choices whose contract is over; a suspended contract is not."""
    today = helsinki_date(now)
    over = choices.contracts_over(session, today)
    for client_id in choices.lost(session, today, AT_ONCE):
        clients.lock(session, client_id)
        for choice in choices.in_force(session, client_id).values():
            if choice.contract_id in over:
                end_choice(session, choice, ChoiceEnd.CONTRACT_ENDED, now)
        publish_client(session, client_id, now)
