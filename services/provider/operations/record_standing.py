"""The county records what the registers and a provider's papers say of it (PROVIDER-6)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.provider.domain.provider import Provider, Standing
from services.provider.operations.providers import announce_provider
from services.provider.storage import providers
from services.provider.wire import facts
from sote.provider.v1 import events_pb2


def record_standing(session: Session, *, provider_id: UUID, standing: Standing, etag: str, now: datetime) -> Provider:
    """Replace the standing; what follows from it is for the county to do."""
    provider = providers.load_provider(session, provider_id, etag=etag)
    provider.record_standing(standing, now=now)
    fact = events_pb2.ProviderStandingChanged(provider=facts.provider_facts(provider))
    announce_provider(session, provider, fact)
    return provider
