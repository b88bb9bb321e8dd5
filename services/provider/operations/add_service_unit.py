"""A provider gets a service unit."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.chassis.identity import Caller
from services.chassis.outbox import announce
from services.provider.domain.provider import Provider, UnitTerms
from services.provider.storage import providers
from services.provider.wire import facts
from sote.provider.v1 import events_pb2


def add_service_unit(
    session: Session, *, provider_id: UUID, terms: UnitTerms, etag: str, caller: Caller, now: datetime, new_id: UUID
) -> Provider:
    """Add the unit; its code is unique in the county."""
    provider = providers.for_update(session, provider_id)
    check_etag(etag, provider.version)
    provider.add_unit(terms, uid=new_id, by=caller.subject, now=now)
    session.flush()
    fact = events_pb2.ProviderUnitsChanged(provider=facts.provider_facts(provider))
    announce(session, fact, aggregate="providers", aggregate_id=provider.uid, version=provider.version)
    return provider
