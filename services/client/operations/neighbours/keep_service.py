"""A copy of an entry of the catalogue."""

from sqlalchemy.orm import Session

from services.client.storage.neighbours import catalogue
from services.client.wire.neighbours import catalogue_service
from sote.provider.v1.events_pb2 import CatalogueFacts


def keep_service(session: Session, *, facts: CatalogueFacts) -> None:
    """Keep a copy of an entry of the catalogue."""
    catalogue.store_service(session, catalogue_service(facts), version=facts.version)
