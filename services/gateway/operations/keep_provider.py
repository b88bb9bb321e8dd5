"""A provider's fact is stored, and what records show of the provider renewed."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.gateway.operations.summaries import renew_summary
from services.gateway.storage import providers
from sote.provider.v1 import events_pb2


def keep_provider(session: Session, *, facts: events_pb2.ProviderFacts) -> bool:
    """Store the provider's facts unless newer ones are here; whether its summary changed."""
    provider_id = UUID(facts.provider_id)
    providers.lock_provider(session, provider_id)
    newer = providers.keep_provider(session, provider_id, version=facts.version, facts=facts.SerializeToString())
    return newer and renew_summary(session, provider_id=provider_id)
