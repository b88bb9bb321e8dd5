"""AssessmentService: needs assessments."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id
from services.chassis.values import id_of
from services.chassis.weekdays import FinnishCalendar
from services.client.domain.rules import Rules
from services.client.operations.assessments.cancel_assessment import cancel_assessment
from services.client.operations.assessments.complete_assessment import complete_assessment
from services.client.operations.assessments.initiate_assessment import initiate_assessment
from services.client.operations.assessments.pause_assessment import pause_assessment
from services.client.operations.assessments.resume_assessment import resume_assessment
from services.client.operations.assessments.start_assessment import start_assessment
from services.client.operations.callers import organisation_of
from services.client.views import assessments as views
from services.client.wire.assessments import assessment as wire
from sote.client.v1 import assessment_pb2
from sote.client.v1 import assessment_service_pb2 as pb
from sote.client.v1.assessment_service_pb2_grpc import AssessmentServiceServicer


class AssessmentApi(AssessmentServiceServicer):
    """Serves AssessmentService."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules
        self._calendar = FinnishCalendar(eves_count=rules.eves_count)

    @writes
    def InitiateAssessment(
        self, request: pb.InitiateAssessmentRequest, call: Call, session: Session
    ) -> assessment_pb2.Assessment:
        initiated = initiate_assessment(
            session,
            client_id=UUID(request.client_id),
            contact_id=id_of(request.contact_id),
            grounds=wire.grounds_from(request.grounds),
            repeat_reason=request.repeat_reason,
            rules=self._rules,
            calendar=self._calendar,
            caller=call.caller,
            now=call.now,
            new_id=call.new_id,
        )
        return wire.assessment(initiated)

    @writes
    def StartAssessment(
        self, request: pb.StartAssessmentRequest, call: Call, session: Session
    ) -> assessment_pb2.Assessment:
        started = start_assessment(
            session,
            assessment_id=resource_id(request.name, "assessments"),
            team_id=UUID(request.team_id),
            lead_id=request.lead_professional_id,
            participants=wire.professionals_from(request.participants, organisation_of(call.caller)),
            unit_id=id_of(request.performed_at_unit_id),
            mode=wire.mode_from(request.mode),
            etag=request.etag,
            caller=call.caller,
            now=call.now,
            new_id=call.new_id(),
        )
        return wire.assessment(started)

    @writes
    def PauseAssessment(
        self, request: pb.PauseAssessmentRequest, call: Call, session: Session
    ) -> assessment_pb2.Assessment:
        paused = pause_assessment(
            session,
            assessment_id=resource_id(request.name, "assessments"),
            reason=request.reason,
            etag=request.etag,
            caller=call.caller,
            now=call.now,
        )
        return wire.assessment(paused)

    @writes
    def ResumeAssessment(
        self, request: pb.ResumeAssessmentRequest, call: Call, session: Session
    ) -> assessment_pb2.Assessment:
        resumed = resume_assessment(
            session,
            assessment_id=resource_id(request.name, "assessments"),
            etag=request.etag,
            caller=call.caller,
            now=call.now,
        )
        return wire.assessment(resumed)

    @writes
    def CompleteAssessment(
        self, request: pb.CompleteAssessmentRequest, call: Call, session: Session
    ) -> assessment_pb2.Assessment:
        completed = complete_assessment(
            session,
            assessment_id=resource_id(request.name, "assessments"),
            findings=wire.findings_from(request),
            participants=wire.professionals_from(request.participants, organisation_of(call.caller)),
            lead_id=request.lead_professional_id,
            etag=request.etag,
            rules=self._rules,
            calendar=self._calendar,
            caller=call.caller,
            now=call.now,
            new_id=call.new_id,
        )
        return wire.assessment(completed)

    @writes
    def CancelAssessment(
        self, request: pb.CancelAssessmentRequest, call: Call, session: Session
    ) -> assessment_pb2.Assessment:
        cancelled = cancel_assessment(
            session,
            assessment_id=resource_id(request.name, "assessments"),
            reason=wire.cancel_reason_from(request.reason),
            etag=request.etag,
            caller=call.caller,
            now=call.now,
        )
        return wire.assessment(cancelled)

    @reads
    def GetAssessment(
        self, request: pb.GetAssessmentRequest, call: Call, session: Session
    ) -> assessment_pb2.Assessment:
        return views.get_assessment(session, request.name)

    @reads
    def ListAssessments(
        self, request: pb.ListAssessmentsRequest, call: Call, session: Session
    ) -> pb.ListAssessmentsResponse:
        return views.list_assessments(session, request)
