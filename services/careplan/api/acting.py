"""Whose matters a caller may read (INV-14, S1.42): a client its own and those of the clients it represents."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.views.representing import acts_for
from services.chassis.clock import helsinki_date
from services.chassis.door import Call

CLIENT = "CLI"


def is_own(session: Session, call: Call, client_id: UUID) -> bool:
    """Whether the caller is no client, or this one, or represents this one."""
    if call.caller.role != CLIENT:
        return True
    try:
        holder = UUID(call.caller.subject)
    except ValueError:
        return False
    return acts_for(session, holder, client_id, today=helsinki_date(call.now))
