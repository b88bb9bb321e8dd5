"""ASSESSMENT-4: an assessment is completed; the flag WIDE_RANGE and the need of a plan follow from it, an older one
gives way."""

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.etags import check_etag
from services.chassis.identity import Caller
from services.chassis.outbox import announce
from services.client.domain.assessments.assessment import Assessment, Findings, lead_of
from services.client.domain.attention import is_plan_needed
from services.client.domain.clients.client import Client
from services.client.domain.clients.flags import AttentionKind
from services.client.domain.clients.identity_code import age_on
from services.client.domain.clients.people import Professional
from services.client.domain.deadlines.limits import Calendar, Milestone
from services.client.domain.rules import Rules
from services.client.operations.assessments.therapy_limit import follow_therapy
from services.client.operations.attention.derivation import derive_wide_range
from services.client.operations.callers import require_assessor
from services.client.operations.clients.publish_client import publish_client
from services.client.operations.deadlines.deadline import reach_deadlines
from services.client.operations.relationships.relationship import close_source
from services.client.storage import assessments, decisions, representatives
from services.client.storage.assessments import load_assessment
from services.client.storage.neighbours import catalogue
from services.client.storage.teams import load_team_for_use
from services.client.wire.assessments.facts import assessment_completed, assessment_superseded


def complete_assessment(
    session: Session,
    *,
    assessment_id: UUID,
    findings: Findings,
    participants: tuple[Professional, ...],
    lead_id: str,
    etag: str,
    rules: Rules,
    calendar: Calendar,
    caller: Caller,
    now: datetime,
    new_id: Callable[[], UUID],
) -> Assessment:
    """Complete the assessment; `lead_id` names the member of the team who leads it now, empty: as at the start."""
    client, assessment = load_assessment(session, assessment_id)
    require_assessor(session, caller)
    check_etag(etag, assessment.version)
    assessment.check("complete")
    special_support = client.has(AttentionKind.SPECIAL_SUPPORT)
    if assessment.team_id:
        team = load_team_for_use(session, assessment.team_id)
        participants = team.known(participants)
        if lead_id:
            assessment.lead = lead_of(team, lead_id, special_support=special_support)
    today = helsinki_date(now)
    running = [code for code, _ in decisions.granted(session, client.id, today)]
    known = catalogue.services(
        session, [*running, *(recommendation.service_code for recommendation in findings.recommended)]
    )
    older = assessments.completed(session, client.id)
    assessment.complete(
        findings, others=participants, catalogue=known, special_support=special_support, today=today, now=now
    )
    _supersede(session, older, assessment, now)
    derive_wide_range(session, client, now=now)
    assessment.plan_needed = _needs_plan(client, findings, known.keys(), rules)
    _announce(session, client, assessment, now)
    follow_therapy(session, client, assessment, rules=rules, calendar=calendar, today=today, now=now, new_id=new_id)
    publish_client(session, client.id, now)
    return assessment


def _needs_plan(client: Client, findings: Findings, services: Collection[str], rules: Rules) -> bool:
    return is_plan_needed(
        flagged=bool(client.flags_in_force()),
        services=services,
        longest_days=max((recommendation.days for recommendation in findings.recommended), default=0),
        min_days=rules.plan_min_days,
    )


def _announce(session: Session, client: Client, done: Assessment, now: datetime) -> None:
    birth_date = client.person.birth_date
    age = age_on(birth_date, helsinki_date(now)) if birth_date else 0
    reached = [deadline for deadline in done.deadlines if deadline.milestone in (Milestone.START, Milestone.COMPLETE)]
    reach_deadlines(session, reached, helsinki_date(now), now)
    close_source(session, done.id, now)
    carer_linked = representatives.has_carer(session, client.id, helsinki_date(now))
    fact = assessment_completed(done, age_years=age, carer_linked=carer_linked)
    announce(session, fact, aggregate="assessments", aggregate_id=done.id, version=done.version)


def _supersede(session: Session, older: list[Assessment], done: Assessment, now: datetime) -> None:
    for assessment in older:
        assessment.supersede(now)
        superseded = assessment_superseded(assessment, done.id)
        announce(session, superseded, aggregate="assessments", aggregate_id=assessment.id, version=assessment.version)
