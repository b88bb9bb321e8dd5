"""The county approves a provider (PROVIDER-2)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.provider.domain.provider import Provider
from services.provider.operations.providers import announce_provider
from services.provider.storage import providers
from services.provider.wire import facts
from sote.provider.v1 import events_pb2


def approve_provider(session: Session, *, provider_id: UUID, etag: str, now: datetime) -> Provider:
    """Approve an applicant whose registration holds and whose statutory conditions are met today."""
    provider = providers.load_provider(session, provider_id, etag=etag)
    conditions = providers.published_conditions(session, [role.value for role in provider.roles])
    evidence = providers.evidence_of(session, provider_id)
    provider.approve(conditions, evidence, now=now, day=helsinki_date(now))
    fact = events_pb2.ProviderApproved(provider=facts.provider_facts(provider))
    announce_provider(session, provider, fact)
    return provider
