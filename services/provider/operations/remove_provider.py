"""A provider is removed for good (R4)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.chassis.outbox import announce
from services.provider.domain.provider import Provider
from services.provider.storage import providers
from services.provider.wire import facts
from sote.provider.v1 import events_pb2


def remove_provider(session: Session, *, provider_id: UUID, reason: str, etag: str, now: datetime) -> Provider:
    """Remove a provider that has no contract in force; contracts are made under the same row lock."""
    provider = providers.for_update(session, provider_id)
    check_etag(etag, provider.version)
    in_force = providers.has_contract_in_force(session, provider_id)
    provider.remove(reason, contract_in_force=in_force, now=now)
    session.flush()
    fact = events_pb2.ProviderRemoved(provider=facts.provider_facts(provider))
    announce(session, fact, aggregate="providers", aggregate_id=provider.uid, version=provider.version)
    return provider
