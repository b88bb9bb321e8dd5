"""A provider gets a service unit."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.provider.domain.provider import Provider, UnitTerms
from services.provider.operations.providers import announce_provider
from services.provider.storage import providers
from services.provider.wire import facts
from sote.provider.v1 import events_pb2


def add_service_unit(
    session: Session, *, provider_id: UUID, terms: UnitTerms, etag: str, caller: Caller, now: datetime, new_id: UUID
) -> Provider:
    """Add the unit; its code is unique in the county."""
    provider = providers.load_provider(session, provider_id, etag=etag)
    provider.add_unit(terms, unit_id=new_id, by=caller.subject, now=now)
    fact = events_pb2.ProviderUnitsChanged(provider=facts.provider_facts(provider))
    announce_provider(session, provider, fact)
    return provider
