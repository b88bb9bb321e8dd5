"""N8: deadlines that approach or are missed are told, each once; a missed deadline blocks nothing."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.outbox import announce
from services.client.domain.assessment import Assessment
from services.client.domain.deadlines import Deadline, Milestone, Told
from services.client.operations.publish_client import publish_client
from services.client.storage import assessments, deadlines
from services.client.wire.facts import deadline_approaching, deadline_missed

AT_ONCE = 50
"""So many assessments one round of the timer looks after; the next round takes the next."""

FACTS = {Told.APPROACHING: deadline_approaching, Told.MISSED: deadline_missed}


def tell_deadlines(session: Session, *, now: datetime) -> int:
    """Tell what is due to be told today; the number of facts told."""
    today = helsinki_date(now)
    told = 0
    for client_id, assessment_id in deadlines.to_tell(session, today, AT_ONCE):
        _, assessment = assessments.lock(session, assessment_id)
        facts = sum(_announce(session, one, one.tell(today, now)) for one in assessment.deadlines)
        if facts:
            publish_client(session, client_id, now)
        told += facts
    return told


def end_deadlines(session: Session, assessment: Assessment, milestones: Iterable[Milestone], now: datetime) -> None:
    """The milestones are reached, or the matter fell away; a miss that the timer did not tell yet is told now."""
    for one in assessment.deadlines:
        if one.milestone in milestones:
            _announce(session, one, one.end(helsinki_date(now), now))


def _announce(session: Session, deadline: Deadline, told: Told | None) -> bool:
    if told is None:
        return False
    fact = FACTS[told](deadline)
    announce(session, fact, aggregate="deadlines", aggregate_id=deadline.id, version=deadline.version)
    return True
