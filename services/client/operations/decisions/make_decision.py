"""ASSESSMENT-7: a county official decides on a service."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.client.domain.assessments.assessment import Assessment
from services.client.domain.assessments.refusals import ServiceUnknown
from services.client.domain.clients.client import Client
from services.client.domain.deadlines.deadline import Deadline
from services.client.domain.deadlines.limits import Calendar, Milestone
from services.client.domain.decisions.decision import Decision, Grant, last_day_to_appeal
from services.client.domain.decisions.refusals import DecisionExists, ServiceNotRecommended
from services.client.domain.rules import Rules
from services.client.operations.callers import county_of, require_official
from services.client.operations.deadlines.deadline import reach_deadlines
from services.client.operations.decisions.decision import announce_decision
from services.client.operations.decisions.implementation_limit import begin_implementation
from services.client.storage import assessments, deadlines, decisions
from services.client.storage.assessments import load_assessment
from services.client.storage.neighbours import catalogue
from services.client.wire.decisions.facts import decision_made


def make_decision(
    session: Session,
    *,
    assessment_id: UUID,
    service_code: str,
    grant: Grant,
    grounds: str,
    applied_for: bool,
    rules: Rules,
    calendar: Calendar,
    caller: Caller,
    now: datetime,
    new_id: Callable[[], UUID],
) -> Decision:
    """Decide on a service that the assessment recommends or the client applied for."""
    client, assessment = _decidable(session, assessment_id, service_code, applied_for, caller)
    today = helsinki_date(now)
    decision = Decision(
        id=new_id(),
        **county_of(caller),
        client_id=client.id,
        assessment_id=assessment_id,
        service_code=service_code,
        grounds=grounds,
        decided_by=caller.subject,
        decided_date=today,
        appeal_until=last_day_to_appeal(today, rules.appeal_days, calendar),
        created_at=now,
        created_by=caller.subject,
    )
    decision.decide(grant)
    session.add(decision)
    reach_deadlines(session, _applications(session, client), today, now)
    begin_implementation(
        session, decision, assessment, since=assessment.pending_date, rules=rules, calendar=calendar, new_id=new_id
    )
    return announce_decision(session, decision, decision_made(decision), now)


def _applications(session: Session, client: Client) -> list[Deadline]:
    """DIS-DECISION: the limits of what was applied for, but for an assessment under way; its own decision follows."""
    under_way = assessments.under_way(session, client.id)
    running = deadlines.running(session, client.id, [Milestone.DECIDE])
    return [deadline for deadline in running if under_way is None or deadline.assessment_id != under_way.id]


def _decidable(
    session: Session, assessment_id: UUID, service_code: str, applied_for: bool, caller: Caller
) -> tuple[Client, Assessment]:
    """Client and assessment, locked, when an official of the enterprise may decide on this service now."""
    client, assessment = load_assessment(session, assessment_id)
    require_official(session, caller)
    client.require_open()
    assessment.check("decide")
    if not assessment.recommends(service_code) and not applied_for:
        raise ServiceNotRecommended("the service is neither recommended by the assessment nor applied for")
    if service_code not in catalogue.services(session, [service_code]):
        raise ServiceUnknown(f"the service {service_code} is not in the catalogue")
    if earlier := decisions.on_service(session, assessment_id, service_code):
        raise DecisionExists("the service is decided on the basis of this assessment", f"decisions/{earlier.id}")
    return client, assessment
