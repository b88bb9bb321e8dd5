"""A package asks the client's plan to take the items of an enrolment (PROCESS-B3)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.neighbours.copies import EnrolmentCopy
from services.careplan.domain.rules import Rules
from services.careplan.operations.enrolments.plan_items import plan_items
from services.careplan.storage import enrolments


def ask_for_items(
    session: Session, *, enrolment: EnrolmentCopy, rules: Rules, now: datetime, new_id: Callable[[], UUID]
) -> None:
    """Note the wish, once, and fulfil it at once if an open plan can take it; else it waits for one."""
    enrolments.keep_enrolment(session, enrolment)
    enrolments.ask(session, enrolment.enrolment_id, enrolment.client_id, now)
    plan_items(session, enrolment_id=enrolment.enrolment_id, rules=rules, now=now, new_id=new_id)
