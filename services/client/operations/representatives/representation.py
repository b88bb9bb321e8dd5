"""Who may act for a client."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from services.client.domain.representatives.representative import may_act
from services.client.storage import consents, representatives
from services.kernel.care import Sector


def acts_for(session: Session, subject: str, client_id: UUID, *, sector: Sector | None, today: date) -> bool:
    """The subject of a client's token is this client, or represents this one in the sector (None: in all matters)."""
    if subject == str(client_id):
        return True
    try:
        representative = UUID(subject)
    except ValueError:
        return False
    return may_act(
        representatives.representing(session, representative, client_id),
        consents.in_force(session, client_id),
        sector=sector,
        today=today,
    )
