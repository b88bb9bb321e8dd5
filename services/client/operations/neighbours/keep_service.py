"""An entry of the catalogue, as the provider service tells it."""

from sqlalchemy.orm import Session

from services.client.storage.neighbours import catalogue
from services.client.wire.neighbours import service_of
from sote.provider.v1.events_pb2 import CatalogueFacts


def keep_service(session: Session, *, facts: CatalogueFacts) -> None:
    """Keep a copy of an entry of the catalogue."""
    catalogue.store_service(session, service_of(facts), version=facts.version)
