"""DecisionService: decisions on services, their appeals and changes."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id
from services.chassis.values import day_of
from services.chassis.weekdays import FinnishCalendar
from services.client.domain.rules import Rules
from services.client.operations.decisions.appeal_decision import appeal_decision
from services.client.operations.decisions.change_decision import change_decision
from services.client.operations.decisions.make_decision import make_decision
from services.client.operations.decisions.uphold_decision import uphold_decision
from services.client.views import decisions as views
from services.client.wire.decisions import decision as wire
from sote.client.v1 import decision_pb2
from sote.client.v1 import decision_service_pb2 as pb
from sote.client.v1.decision_service_pb2_grpc import DecisionServiceServicer


class DecisionApi(DecisionServiceServicer):
    """Serves DecisionService."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules
        self._calendar = FinnishCalendar(eves_count=rules.eves_count)

    @writes
    def MakeDecision(self, request: pb.MakeDecisionRequest, call: Call, session: Session) -> decision_pb2.Decision:
        made = make_decision(
            session,
            assessment_id=UUID(request.assessment_id),
            service_code=request.service_code,
            grant=wire.grant_from(request),
            grounds=request.grounds,
            applied_for=request.applied_for,
            rules=self._rules,
            calendar=self._calendar,
            caller=call.caller,
            now=call.now,
            new_id=call.new_id,
        )
        return wire.decision(made)

    @writes
    def AppealDecision(self, request: pb.AppealDecisionRequest, call: Call, session: Session) -> decision_pb2.Decision:
        appealed = appeal_decision(
            session,
            decision_id=resource_id(request.name, "decisions"),
            grounds=request.grounds,
            etag=request.etag,
            caller=call.caller,
            now=call.now,
        )
        return wire.decision(appealed)

    @writes
    def UpholdDecision(self, request: pb.UpholdDecisionRequest, call: Call, session: Session) -> decision_pb2.Decision:
        upheld = uphold_decision(
            session,
            decision_id=resource_id(request.name, "decisions"),
            grounds=request.grounds,
            etag=request.etag,
            caller=call.caller,
            now=call.now,
        )
        return wire.decision(upheld)

    @writes
    def ChangeDecision(self, request: pb.ChangeDecisionRequest, call: Call, session: Session) -> decision_pb2.Decision:
        changed = change_decision(
            session,
            decision_id=resource_id(request.name, "decisions"),
            grant=wire.grant_from(request),
            effective=day_of(request.effective_date, "effective_date"),
            grounds=request.grounds,
            etag=request.etag,
            rules=self._rules,
            calendar=self._calendar,
            caller=call.caller,
            now=call.now,
            new_id=call.new_id,
        )
        return wire.decision(changed)

    @reads
    def GetDecision(self, request: pb.GetDecisionRequest, call: Call, session: Session) -> decision_pb2.Decision:
        return views.get_decision(session, request.name)

    @reads
    def ListDecisions(self, request: pb.ListDecisionsRequest, call: Call, session: Session) -> pb.ListDecisionsResponse:
        return views.list_decisions(session, request)
