"""C3, C4: another service tells that it opened or closed a matter of a client."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.inbox import NotYet
from services.client.domain.client import OPEN
from services.client.domain.refusals import Unknown
from services.client.operations.open_matter import open_matter
from services.client.operations.publish_client import publish_client
from services.client.storage import clients, matters


def note_matter(
    session: Session, *, client_id: UUID, matter_id: UUID, is_open: bool, version: int, now: datetime
) -> None:
    """Keep what was told; a matter opened activates the client, unless the client closed since."""
    try:
        client = clients.lock(session, client_id)
    except Unknown:
        raise NotYet("the client of this matter is not known here yet") from None
    taken = matters.store(
        session, matter_id=matter_id, client_id=client_id, is_open=is_open, version=version, changed_at=now
    )
    if taken and is_open and client.status in OPEN:
        open_matter(session, client=client, now=now)
        publish_client(session, client_id, now)
