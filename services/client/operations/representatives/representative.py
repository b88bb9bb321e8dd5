"""What every operation on a representative shares."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.outbox import announce
from services.chassis.work import open_work
from services.client.domain.clients.client import Client, ClientState
from services.client.domain.representatives.representative import (
    Representative,
    RepresentativeKind,
)
from services.client.operations.clients.publish_client import publish_client
from services.client.storage import representatives
from services.client.wire.representatives import representative_changed

CARER_CONTACT = "CARER_CONTACT"


def announce_representative(session: Session, representative: Representative, now: datetime) -> Representative:
    """Announce who stands for the client now, and refresh the section."""
    fact = representative_changed(representative)
    announce(session, fact, aggregate="representatives", aggregate_id=representative.id, version=representative.version)
    publish_client(session, representative.client_id, now)
    return representative


def end_representatives(session: Session, client: Client, now: datetime) -> None:
    """PROCESS-D6: no representative acts for a client who left; a carer's own needs are looked into; the dead
    represent no client."""
    for representative in representatives.in_force(session, client.id):
        _end(session, representative, now)
        if representative.kind is RepresentativeKind.INFORMAL_CARER and representative.representative_client_id:
            carer, reason = (
                f"clients/{representative.representative_client_id}",
                f"the person cared for is {client.state.value}",
            )
            open_work(session, work_id=representative.id, kind=CARER_CONTACT, subject=carer, reason=reason, now=now)
    if client.state is not ClientState.MOVED_OUT:
        for representative in representatives.by_client(session, client.id):
            _end(session, representative, now)


def _end(session: Session, representative: Representative, now: datetime) -> None:
    representative.end(helsinki_date(now))
    session.flush()
    fact = representative_changed(representative)
    announce(session, fact, aggregate="representatives", aggregate_id=representative.id, version=representative.version)
