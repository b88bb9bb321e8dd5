"""C3: another service tells that it opened a matter of a client."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.inbox import NotYet
from services.client.domain.client import OPEN
from services.client.domain.refusals import Unknown
from services.client.operations.open_matter import open_matter
from services.client.operations.publish_client import publish_client
from services.client.storage import clients


def note_matter(session: Session, *, client_id: UUID, now: datetime) -> None:
    """Another service told that it opened a matter; what it told of a client closed since needs nothing here."""
    try:
        client = clients.lock(session, client_id)
    except Unknown:
        raise NotYet("the client of this matter is not known here yet") from None
    if client.status in OPEN:
        open_matter(session, client=client, now=now)
        publish_client(session, client_id, now)
