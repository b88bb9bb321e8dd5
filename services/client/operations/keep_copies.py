"""Takes over what the provider service tells: full states, of which the newest stays."""

from sqlalchemy.orm import Session

from services.client.storage import copies
from services.client.wire.copies import provider_of, service_of
from sote.provider.v1.events_pb2 import CatalogueFacts, ProviderFacts


def keep_provider(session: Session, *, facts: ProviderFacts) -> None:
    """Keep a copy of a provider and its units."""
    copies.store_provider(session, **provider_of(facts))


def keep_service(session: Session, *, facts: CatalogueFacts) -> None:
    """Keep a copy of an entry of the catalogue."""
    copies.store_service(session, service_of(facts), version=facts.version)
