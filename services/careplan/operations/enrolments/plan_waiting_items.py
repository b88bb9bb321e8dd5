"""Trying again the enrolments that wait for a plan (PROCESS-5)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.rules import Rules
from services.careplan.operations.enrolments.plan_items import plan_items
from services.careplan.storage import enrolments

AT_ONCE = 50


def plan_waiting_items(session: Session, *, rules: Rules, now: datetime, new_id: Callable[[], UUID]) -> None:
    """Plan the items of the enrolments that can be answered now; refuse those that waited too long."""
    for enrolment_id in enrolments.waiting(session, AT_ONCE):
        plan_items(session, enrolment_id=enrolment_id, rules=rules, now=now, new_id=new_id)
