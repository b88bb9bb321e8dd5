"""ASSESSMENT-2: a team of the county enterprise starts an assessment."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.etags import check_etag
from services.chassis.identity import Caller
from services.chassis.outbox import announce
from services.client.domain.assessments.assessment import Assessment
from services.client.domain.assessments.refusals import AssessorNotAllowed
from services.client.domain.clients.client import Client
from services.client.domain.clients.flags import AttentionKind
from services.client.domain.clients.people import Professional
from services.client.domain.deadlines.limits import Milestone
from services.client.domain.relationships.relationship import RelationshipKind, Tie
from services.client.operations.callers import require_assessor
from services.client.operations.clients.publish_client import publish_client
from services.client.operations.deadlines.deadline import reach_deadlines
from services.client.operations.relationships.relationship import open_relationship
from services.client.storage import relationships
from services.client.storage.assessments import load_assessment
from services.client.storage.neighbours import provider as copies
from services.client.storage.teams import load_team_for_use
from services.client.wire.assessments.facts import assessment_started
from services.kernel.care import DeliveryMode


def start_assessment(
    session: Session,
    *,
    assessment_id: UUID,
    team_id: UUID,
    lead_id: str,
    participants: tuple[Professional, ...],
    unit_id: UUID | None,
    mode: DeliveryMode,
    etag: str,
    caller: Caller,
    now: datetime,
    new_id: UUID,
) -> Assessment:
    """Start the assessment at any unit and in any way; late is late, and work goes on."""
    client, assessment = load_assessment(session, assessment_id)
    enterprise = require_assessor(session, caller)
    check_etag(etag, assessment.version)
    team = load_team_for_use(session, team_id)
    if team.enterprise_organisation_id != enterprise:
        raise AssessorNotAllowed("only the county enterprise makes needs assessments")
    assessment.start(
        team=team,
        lead_id=lead_id,
        participants=participants,
        unit_id=unit_id,
        mode=mode,
        municipality=copies.municipality_of(session, unit_id) or client.contact_data.municipality_code,
        special_support=client.has(AttentionKind.SPECIAL_SUPPORT),
        today=helsinki_date(now),
        now=now,
    )
    starts = [deadline for deadline in assessment.deadlines if deadline.milestone is Milestone.START]
    reach_deadlines(session, starts, helsinki_date(now), now)
    fact = assessment_started(assessment)
    announce(session, fact, aggregate="assessments", aggregate_id=assessment.id, version=assessment.version)
    _tie(session, client, assessment, enterprise, now, new_id)
    publish_client(session, client.id, now)
    return assessment


def _tie(
    session: Session, client: Client, assessment: Assessment, enterprise: UUID, now: datetime, new_id: UUID
) -> None:
    """S1.42: tied since it was initiated, unless the enterprise was not known here then."""
    if not relationships.held(session, assessment.id):
        tie = Tie(RelationshipKind.ASSESSMENT, enterprise)
        open_relationship(session, client=client, source_id=assessment.id, tie=tie, now=now, new_id=new_id)
