"""Direct choices end: replaced, the client left the register (PROCESS-D6), or the contract is over (PROCESS-C10)."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.client.domain.choices.choice import ChoiceEnd
from services.client.operations.choices.choice import end_choice
from services.client.operations.clients.publish_client import publish_client
from services.client.storage import choices
from services.client.storage.clients.client import load_client
from services.client.storage.neighbours import contract

AT_ONCE = 50
"""So many clients one round of the timer looks after."""


def end_lost_choices(session: Session, *, now: datetime) -> None:
    """End the choices whose contract is over; a suspended contract is not."""
    today = helsinki_date(now)
    over = contract.contracts_over(session, today)
    for client_id in choices.lost(session, today, AT_ONCE):
        load_client(session, client_id)
        for choice in choices.in_force(session, client_id).values():
            if choice.contract_id in over:
                end_choice(session, choice, ChoiceEnd.CONTRACT_ENDED, now)
        publish_client(session, client_id, now)
