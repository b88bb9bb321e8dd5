"""The county records what the registers and a provider's papers say of it (PROVIDER-6)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.chassis.outbox import announce
from services.provider.domain.provider import Provider, Standing
from services.provider.storage import providers
from services.provider.wire import facts
from sote.provider.v1 import events_pb2


def record_standing(session: Session, *, provider_id: UUID, standing: Standing, etag: str, now: datetime) -> Provider:
    """Replace the standing; what follows from it is for the county to do."""
    provider = providers.for_update(session, provider_id)
    check_etag(etag, provider.version)
    provider.record_standing(standing, now=now)
    session.flush()
    fact = events_pb2.ProviderStandingChanged(provider=facts.provider_facts(provider))
    announce(session, fact, aggregate="providers", aggregate_id=provider.uid, version=provider.version)
    return provider
