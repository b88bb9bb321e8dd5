"""An entry of the catalogue, as the provider service tells it."""

from sqlalchemy.orm import Session

from services.client.storage import copies
from services.client.wire.copies import service_of
from sote.provider.v1.events_pb2 import CatalogueFacts


def keep_service(session: Session, *, facts: CatalogueFacts) -> None:
    """Keep a copy of an entry of the catalogue."""
    copies.store_service(session, service_of(facts), version=facts.version)
