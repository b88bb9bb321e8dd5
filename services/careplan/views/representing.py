"""The question whether a client may read another's matters here."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.storage.neighbours.clients import guardian_denials_of, representing
from services.kernel.representing import may_act


def acts_for(session: Session, holder: UUID, client_id: UUID, *, today: date) -> bool:
    """Whether the holder is this client, or represents this one in all matters."""
    if holder == client_id:
        return True
    found = representing(session, client_id, holder)
    return bool(found) and may_act(found, guardian_denials_of(session, client_id), sector=None, today=today)
