"""A frozen provider may take clients again (PROVIDER-3)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.provider.domain.provider import Provider
from services.provider.operations.providers import announce_provider
from services.provider.storage import providers
from services.provider.wire import facts
from sote.provider.v1 import events_pb2


def unfreeze_provider(session: Session, *, provider_id: UUID, etag: str, now: datetime) -> Provider:
    """Unfreeze a frozen provider."""
    provider = providers.load_provider(session, provider_id, etag=etag)
    provider.unfreeze(now=now)
    fact = events_pb2.ProviderUnfrozen(provider=facts.provider_facts(provider))
    announce_provider(session, provider, fact)
    return provider
