"""The county puts a service into its catalogue, or changes it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.chassis.outbox import announce
from services.provider.domain.catalogue import CatalogueEntry, CatalogueService
from services.provider.storage import catalogue
from services.provider.wire import facts
from sote.provider.v1 import events_pb2


def put_catalogue_service(
    session: Session, *, entry: CatalogueEntry, caller: Caller, now: datetime, new_id: UUID
) -> CatalogueService:
    """Add the entry or replace the one with its code; an equal entry changes and announces nothing."""
    service = catalogue.for_update(session, entry.service_code)
    if service is None:
        service = _added(session, entry, caller, now, new_id)
    elif not service.put(entry, now=now):
        return service
    session.flush()
    fact = events_pb2.CatalogueServiceChanged(service=facts.catalogue_facts(service))
    announce(session, fact, aggregate="catalogueServices", aggregate_id=service.id, version=service.version)
    return service


def _added(session: Session, entry: CatalogueEntry, caller: Caller, now: datetime, new_id: UUID) -> CatalogueService:
    scheme, _, code = caller.county.partition(":")
    service = CatalogueService(
        id=new_id,
        county_scheme=scheme,
        county_code=code,
        service_code=entry.service_code,
        entry=entry,
        version=1,
        created_at=now,
        created_by=caller.subject,
        updated_at=now,
    )
    session.add(service)
    return service
