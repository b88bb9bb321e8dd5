"""The methods on assessments and decisions."""

from services.client.api.base import Context, Methods, employer
from services.client.operations.assessments.cancel_assessment import cancel_assessment
from services.client.operations.assessments.complete_assessment import complete_assessment
from services.client.operations.assessments.initiate_assessment import initiate_assessment
from services.client.operations.assessments.pause_assessment import pause_assessment
from services.client.operations.assessments.resume_assessment import resume_assessment
from services.client.operations.assessments.start_assessment import start_assessment
from services.client.operations.decisions.make_decision import make_decision
from services.client.views import clients as views
from services.client.wire import requests
from services.client.wire.assessments import assessment as assessments
from services.client.wire.decisions import decision as decisions
from sote.client.v1 import assessment_pb2, decision_pb2
from sote.client.v1 import client_service_pb2 as pb


class AssessmentMethods(Methods):
    """Assessments (ASSESSMENT-1 to ASSESSMENT-6) and decisions (ASSESSMENT-7)."""

    def InitiateAssessment(self, request: pb.InitiateAssessmentRequest, context: Context) -> assessment_pb2.Assessment:
        """N1."""
        return self._door.write(
            request,
            context,
            lambda session, call: assessments.assessment(
                initiate_assessment(
                    session,
                    **requests.initiation(request),
                    rules=self._rules,
                    calendar=self._calendar,
                    caller=call.caller,
                    now=call.now,
                    new_id=call.new_id,
                )
            ),
        )

    def StartAssessment(self, request: pb.StartAssessmentRequest, context: Context) -> assessment_pb2.Assessment:
        """N2."""
        return self._door.write(
            request,
            context,
            lambda session, call: assessments.assessment(
                start_assessment(
                    session,
                    **requests.start(request, employer(call)),
                    caller=call.caller,
                    now=call.now,
                    new_id=call.new_id(),
                )
            ),
        )

    def PauseAssessment(self, request: pb.PauseAssessmentRequest, context: Context) -> assessment_pb2.Assessment:
        """N3."""
        return self._door.write(
            request,
            context,
            lambda session, call: assessments.assessment(
                pause_assessment(session, **requests.pause(request), caller=call.caller, now=call.now)
            ),
        )

    def ResumeAssessment(self, request: pb.ResumeAssessmentRequest, context: Context) -> assessment_pb2.Assessment:
        """N3."""
        return self._door.write(
            request,
            context,
            lambda session, call: assessments.assessment(
                resume_assessment(session, **requests.resumption(request), caller=call.caller, now=call.now)
            ),
        )

    def CompleteAssessment(self, request: pb.CompleteAssessmentRequest, context: Context) -> assessment_pb2.Assessment:
        """N4, ASSESSMENT-6."""
        return self._door.write(
            request,
            context,
            lambda session, call: assessments.assessment(
                complete_assessment(
                    session,
                    **requests.completion(request, employer(call)),
                    rules=self._rules,
                    calendar=self._calendar,
                    caller=call.caller,
                    now=call.now,
                    new_id=call.new_id,
                )
            ),
        )

    def CancelAssessment(self, request: pb.CancelAssessmentRequest, context: Context) -> assessment_pb2.Assessment:
        """N5."""
        return self._door.write(
            request,
            context,
            lambda session, call: assessments.assessment(
                cancel_assessment(session, **requests.cancellation(request), caller=call.caller, now=call.now)
            ),
        )

    def GetAssessment(self, request: pb.GetAssessmentRequest, context: Context) -> assessment_pb2.Assessment:
        """An assessment."""
        return self._door.read(request, context, lambda session, call: views.get_assessment(session, request.name))

    def ListAssessments(self, request: pb.ListAssessmentsRequest, context: Context) -> pb.ListAssessmentsResponse:
        """A client's assessments."""
        return self._door.read(request, context, lambda session, call: views.list_assessments(session, request))

    def MakeDecision(self, request: pb.MakeDecisionRequest, context: Context) -> decision_pb2.Decision:
        """N7."""
        return self._door.write(
            request,
            context,
            lambda session, call: decisions.decision(
                make_decision(
                    session,
                    **requests.decision(request),
                    rules=self._rules,
                    calendar=self._calendar,
                    caller=call.caller,
                    now=call.now,
                    new_id=call.new_id,
                )
            ),
        )

    def GetDecision(self, request: pb.GetDecisionRequest, context: Context) -> decision_pb2.Decision:
        """A decision."""
        return self._door.read(request, context, lambda session, call: views.get_decision(session, request.name))
