"""The county approves a provider (PROVIDER-2)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.etags import check_etag
from services.chassis.outbox import announce
from services.provider.domain.provider import Provider
from services.provider.storage import providers
from services.provider.wire import facts
from sote.provider.v1 import events_pb2


def approve_provider(session: Session, *, provider_id: UUID, etag: str, now: datetime) -> Provider:
    """Approve an applicant whose registration holds and whose statutory conditions are met today."""
    provider = providers.for_update(session, provider_id)
    check_etag(etag, provider.version)
    conditions = providers.published_conditions(session, [role.value for role in provider.roles])
    evidence = providers.evidence_of(session, provider_id)
    provider.approve(conditions, evidence, now=now, day=helsinki_date(now))
    session.flush()
    fact = events_pb2.ProviderApproved(provider=facts.provider_facts(provider))
    announce(session, fact, aggregate="providers", aggregate_id=provider.uid, version=provider.version)
    return provider
