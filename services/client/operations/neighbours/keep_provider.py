"""A copy of a provider and its units."""

from sqlalchemy.orm import Session

from services.client.storage.neighbours import provider as copies
from services.client.wire.neighbours import provider_copy
from sote.provider.v1.events_pb2 import ProviderFacts


def keep_provider(session: Session, *, facts: ProviderFacts) -> None:
    """Keep a copy of a provider and its units."""
    copies.store_provider(session, provider_copy(facts))
