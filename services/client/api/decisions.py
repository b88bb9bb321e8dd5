"""DecisionService: appeals and changes of decisions."""

from typing import Any

from services.chassis.door import Door
from services.chassis.names import resource_id
from services.chassis.values import day_of
from services.chassis.weekdays import FinnishCalendar
from services.client.api.base import Context
from services.client.domain.rules import Rules
from services.client.operations.decisions.appeal_decision import appeal_decision
from services.client.operations.decisions.change_decision import change_decision
from services.client.operations.decisions.uphold_decision import uphold_decision
from services.client.views import decisions as views
from services.client.wire.decisions.decision import decision as resource
from services.client.wire.decisions.decision import grant_of
from sote.client.v1 import decision_pb2
from sote.client.v1 import decision_service_pb2 as pb
from sote.client.v1.decision_service_pb2_grpc import DecisionServiceServicer


def _answer(request: pb.AppealDecisionRequest | pb.UpholdDecisionRequest) -> dict[str, Any]:
    """What an appeal and its answer tell alike."""
    return {
        "decision_id": resource_id(request.name, "decisions"),
        "grounds": request.grounds,
        "etag": request.etag,
    }


class DecisionApi(DecisionServiceServicer):
    """Serves DecisionService."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules
        self._calendar = FinnishCalendar(eves_count=rules.eves_count)

    def AppealDecision(self, request: pb.AppealDecisionRequest, context: Context) -> decision_pb2.Decision:
        """3.2."""
        told = _answer(request)
        return self._door.write(
            request,
            context,
            lambda session, call: resource(appeal_decision(session, **told, caller=call.caller, now=call.now)),
        )

    def UpholdDecision(self, request: pb.UpholdDecisionRequest, context: Context) -> decision_pb2.Decision:
        """3.2."""
        told = _answer(request)
        return self._door.write(
            request,
            context,
            lambda session, call: resource(uphold_decision(session, **told, caller=call.caller, now=call.now)),
        )

    def ChangeDecision(self, request: pb.ChangeDecisionRequest, context: Context) -> decision_pb2.Decision:
        """3.2."""
        return self._door.write(
            request,
            context,
            lambda session, call: resource(
                change_decision(
                    session,
                    decision_id=resource_id(request.name, "decisions"),
                    grant=grant_of(request),
                    effective=day_of(request.effective_date, "effective_date"),
                    grounds=request.grounds,
                    etag=request.etag,
                    rules=self._rules,
                    calendar=self._calendar,
                    caller=call.caller,
                    now=call.now,
                    new_id=call.new_id,
                )
            ),
        )

    def ListDecisions(self, request: pb.ListDecisionsRequest, context: Context) -> pb.ListDecisionsResponse:
        """A client's decisions."""
        return self._door.read(request, context, lambda session, call: views.list_decisions(session, request))
