"""In whose name a caller acts: a client in the own and in that of whom it represents, everybody else in nobody's."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.door import Call
from services.chassis.gate import STAFF
from services.chassis.identity import Caller
from services.voucher.api.callers import client_of, provider_of, scope_of
from services.voucher.domain.vouchers.redaction import Scope
from services.voucher.views.neighbours.representative import acting_for, acting_on


def client_on(session: Session, call: Call, voucher_id: UUID) -> UUID | None:
    """The client in whose name the caller acts on a voucher; None for a helper."""
    holder = client_of(call.caller)
    return None if holder is None else acting_on(session, holder, voucher_id, today=helsinki_date(call.now))


def client_for(session: Session, call: Call, client_id: UUID) -> UUID | None:
    """The client in whose name the caller asks about a client; None for who is no client."""
    holder = client_of(call.caller)
    return None if holder is None else acting_for(session, holder, client_id, today=helsinki_date(call.now))


def is_own(session: Session, call: Call, client_id: UUID) -> bool:
    """Whether the caller is no client, or this one, or represents this one in all matters."""
    return client_for(session, call, client_id) in {None, client_id}


def scope_on(session: Session, call: Call, voucher_id: UUID | None) -> Scope:
    """What the caller may read of a voucher, or of vouchers when none is told."""
    scope = _confined(call.caller) if voucher_id is None else scope_of(call.caller)
    if scope.client_id is None or voucher_id is None:
        return scope
    return replace(scope, client_id=client_on(session, call, voucher_id))


def scope_for(session: Session, call: Call, client_id: UUID | None) -> Scope:
    """What the caller may read of a client's vouchers, or of vouchers when no client is told."""
    scope = _confined(call.caller) if client_id is None else scope_of(call.caller)
    if scope.client_id is None or client_id is None:
        return scope
    return replace(scope, client_id=client_for(session, call, client_id))


def _confined(caller: Caller) -> Scope:
    """What the caller may read of vouchers of no client in particular: a provider's staff what is at the provider."""
    scope = scope_of(caller)
    return replace(scope, provider_id=provider_of(caller)) if caller.role in STAFF else scope
