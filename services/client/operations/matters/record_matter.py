"""CLIENT-3, CLIENT-4: another service opened or closed a matter of a client."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.client.domain.clients.client import OPEN
from services.client.operations.clients.client import load_client_of_fact, open_matter
from services.client.operations.clients.publish_client import publish_client
from services.client.storage import matters


def record_matter(
    session: Session, *, client_id: UUID, matter_id: UUID, is_open: bool, version: int, now: datetime
) -> None:
    """Keep the newest state of the matter; one that opened activates the client, unless the client closed since."""
    client = load_client_of_fact(session, client_id)
    taken = matters.store(
        session, matter_id=matter_id, client_id=client.id, is_open=is_open, version=version, changed_at=now
    )
    if taken and is_open and client.state in OPEN:
        open_matter(session, client=client, now=now)
        publish_client(session, client.id, now)
