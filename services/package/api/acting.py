"""Whose matters a caller may touch (INV-14, S1.42): a client the own and of whom it represents, staff everybody's."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.door import Call
from services.chassis.identity import Caller
from services.chassis.names import resource_id
from services.package import views
from services.package.domain.refusals import NoRelationship
from services.package.wire import resources

CLIENT = "CLI"


def is_own(session: Session, call: Call, client_id: UUID) -> bool:
    """Whether the caller is no client, or this one, or represents this one."""
    if call.caller.role != CLIENT:
        return True
    holder = _client_of(call.caller)
    return holder is not None and views.acts_for(session, holder, client_id, today=helsinki_date(call.now))


def own_client(session: Session, call: Call, client_id: UUID) -> None:
    """Refuse with `NoRelationship` a client who asks about another."""
    if not is_own(session, call, client_id):
        raise NoRelationship("there is no such matter of the caller's")


def own_enrolment(session: Session, call: Call, name: str) -> UUID:
    """The enrolment `enrolments/{uuid}`; refuses with `NoRelationship` a client whose it is not."""
    enrolment_id = resource_id(name, resources.ENROLMENTS)
    if call.caller.role == CLIENT:
        holder, today = _client_of(call.caller), helsinki_date(call.now)
        if holder is None or not views.is_enrolment_of(session, enrolment_id, holder, today=today):
            raise NoRelationship("there is no such matter of the caller's")
    return enrolment_id


def _client_of(caller: Caller) -> UUID | None:
    """The client a token names as its subject; None when it names none."""
    try:
        return UUID(caller.subject)
    except ValueError:
        return None
