"""What every later change of a decision begins and ends with."""

from datetime import datetime
from uuid import UUID

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.chassis.identity import Caller
from services.chassis.outbox import announce
from services.client.domain.decisions.decision import Decision
from services.client.operations.attention.derivation import derive_wide_range
from services.client.operations.callers import require_official
from services.client.operations.clients.publish_client import publish_client
from services.client.storage.clients import client as clients
from services.client.storage.decisions import load_decision


def load_for_official(session: Session, decision_id: UUID, etag: str, caller: Caller) -> Decision:
    """The decision, locked, when the caller is an official of the county enterprise and it is as the caller read it."""
    _, decision = load_decision(session, decision_id)
    require_official(session, caller)
    check_etag(etag, decision.version)
    return decision


def announce_decision(session: Session, decision: Decision, fact: Message, now: datetime) -> Decision:
    """Announce what became of the decision, let the client's flags follow, and refresh the section."""
    announce(session, fact, aggregate="decisions", aggregate_id=decision.id, version=decision.version)
    derive_wide_range(session, clients.get_client(session, decision.client_id), now=now)
    publish_client(session, decision.client_id, now)
    return decision
