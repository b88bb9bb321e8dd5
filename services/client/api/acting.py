"""Whom a caller may act for (INV-14): a client for itself and those it represents, staff for their organisation."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.door import Call
from services.client.domain.refusals import NoRelationship
from services.client.operations.callers import is_client
from services.client.operations.representatives.representation import acts_for
from services.kernel.care import Sector

PROVIDERS = frozenset({"HOP", "HSP", "PRV"})


def may_act_for(session: Session, call: Call, client_id: UUID, *, sector: Sector | None = None) -> bool:
    """Whether the caller is no client, or this one, or represents this one in the sector (None: in all matters)."""
    subject, today = call.caller.subject, helsinki_date(call.now)
    return not is_client(call.caller) or acts_for(session, subject, client_id, sector=sector, today=today)


def require_own_client(session: Session, call: Call, client_id: UUID, *, sector: Sector | None = None) -> None:
    """Refuse with `NoRelationship` a client who is neither this one nor represents this one in the sector."""
    if not may_act_for(session, call, client_id, sector=sector):
        raise NoRelationship


def require_self(call: Call, client_id: UUID) -> None:
    """Refuse with `NoRelationship` whoever acts in a client's name where the client alone may."""
    if is_client(call.caller) and call.caller.subject != str(client_id):
        raise NoRelationship


def require_own_organisation(call: Call, organisation: str) -> None:
    """Refuse with `NoRelationship` a provider's staff who ask for another organisation."""
    if call.caller.role in PROVIDERS and call.caller.organisation != organisation:
        raise NoRelationship
