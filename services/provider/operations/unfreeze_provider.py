"""A frozen provider may take clients again (PROVIDER-3)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.chassis.outbox import announce
from services.provider.domain.provider import Provider
from services.provider.storage import providers
from services.provider.wire import facts
from sote.provider.v1 import events_pb2


def unfreeze_provider(session: Session, *, provider_id: UUID, etag: str, now: datetime) -> Provider:
    """Unfreeze a frozen provider."""
    provider = providers.for_update(session, provider_id)
    check_etag(etag, provider.version)
    provider.unfreeze(now=now)
    session.flush()
    fact = events_pb2.ProviderUnfrozen(provider=facts.provider_facts(provider))
    announce(session, fact, aggregate="providers", aggregate_id=provider.uid, version=provider.version)
    return provider
