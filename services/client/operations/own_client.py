"""What every change of a client's place in the register begins and ends with."""

from datetime import datetime
from uuid import UUID

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.etags import check_etag
from services.chassis.outbox import announce
from services.client.domain.assessment import CancelReason
from services.client.domain.choice import ChoiceEnd
from services.client.domain.client import Client
from services.client.operations.end_choices import end_choices
from services.client.operations.end_representative import end_representatives
from services.client.operations.keep_relationships import end_relationships
from services.client.operations.publish_client import publish_client
from services.client.operations.tell_deadlines import drop
from services.client.storage import assessments, clients, deadlines
from services.client.wire.facts import assessment_cancelled

CHOICE_ENDS = {
    CancelReason.MOVED: ChoiceEnd.MOVED,
    CancelReason.DECEASED: ChoiceEnd.DECEASED,
    CancelReason.DUPLICATE: ChoiceEnd.MERGED,
}


def own_client(session: Session, client_id: UUID, etag: str) -> Client:
    """The client, locked, when it is still as the caller read it."""
    client = clients.lock(session, client_id)
    check_etag(etag, client.version)
    return client


def tell_client(session: Session, client: Client, fact: Message, now: datetime) -> Client:
    """Announce what happened to the client and refresh the section."""
    announce(session, fact, aggregate="clients", aggregate_id=client.id, version=client.version)
    publish_client(session, client.id, now)
    return client


def end_matters(session: Session, client: Client, reason: CancelReason, now: datetime) -> None:
    """D6: whatever ties, represents or limits a client who left the register ends; the assessment is cancelled."""
    end_relationships(session, client, now)
    end_representatives(session, client, now)
    end_choices(session, client, CHOICE_ENDS[reason], now)
    drop(session, deadlines.running(session, client.id), helsinki_date(now), now)
    under_way = assessments.under_way(session, client.id)
    if under_way is None:
        return
    _, assessment = assessments.lock(session, under_way.id)
    assessment.cancel(reason, now)
    fact = assessment_cancelled(assessment)
    announce(session, fact, aggregate="assessments", aggregate_id=assessment.id, version=assessment.version)
