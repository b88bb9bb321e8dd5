"""REPRESENTATIVE-1: a representative acts for a client, or cares for one informally."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.chassis.vault import Vault
from services.client.domain.representatives.representative import (
    Representative,
    RepresentativeKind,
    RepresentativePerson,
    RepresentedMatters,
    check_person,
    last_day,
)
from services.client.operations.callers import county_of
from services.client.operations.representatives.representative import announce_representative
from services.client.storage import representatives
from services.client.storage.clients import client as clients
from services.client.storage.clients.client import load_client


def add_representative(
    session: Session,
    *,
    client_id: UUID,
    kind: RepresentativeKind,
    matters: RepresentedMatters,
    representative_client_id: UUID | None,
    person: RepresentativePerson | None,
    from_date: date | None,
    to_date: date | None,
    vault: Vault,
    caller: Caller,
    now: datetime,
    new_id: UUID,
) -> Representative:
    """Record who stands for the client from today or another day; both clients are locked in the order of ids."""
    check_person(client_id, representative_client_id)
    involved = {client_id} | ({representative_client_id} if representative_client_id else set())
    for client in [load_client(session, uid) for uid in sorted(involved)]:
        client.require_open()
    first, born = from_date or helsinki_date(now), clients.get_client(session, client_id).person.birth_date
    representative = Representative(
        id=new_id,
        **county_of(caller),
        client_id=client_id,
        kind=kind,
        matters=matters,
        representative_client_id=representative_client_id,
        from_date=first,
        to_date=last_day(kind, from_date=first, to_date=to_date, born=born, today=helsinki_date(now)),
        created_at=now,
        created_by=caller.subject,
    )
    session.add(representative)
    session.flush()
    if person:
        representatives.keep_person(session, vault, representative.id, person)
    return announce_representative(session, representative, now)
