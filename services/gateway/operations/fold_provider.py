"""Keep what is known of a provider, and renew what records show of it."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.gateway import wire
from services.gateway.storage import providers
from sote.provider.v1 import events_pb2


def fold_provider(session: Session, *, facts: events_pb2.ProviderFacts) -> bool:
    """Keep the provider's facts unless newer ones are there; whether its summary changed."""
    provider_id = UUID(facts.provider_id)
    providers.lock_provider(session, provider_id)
    if not providers.store_provider(session, provider_id, facts.version, facts.SerializeToString()):
        return False
    return renew_summary(session, provider_id=provider_id)


def renew_summary(session: Session, *, provider_id: UUID) -> bool:
    """Make the provider's summary anew of the copies; not before the provider itself is known."""
    provider, contracts = providers.facts_of(session, provider_id)
    if provider is None:
        return False
    providers.store_summary(session, provider_id, wire.summary_of(provider, contracts).SerializeToString())
    return True
