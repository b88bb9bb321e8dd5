"""ChainService: each method turns the request into one operation or one question."""

from typing import Any, Protocol

from services.careplan.api.arguments import Arguments
from services.careplan.domain.chains.chain_step import Asked, Urgency
from services.careplan.domain.rules import Rules
from services.careplan.operations.chains.answer_chain_step import (
    accept_chain_step,
    receive_chain_step,
    return_chain_step,
)
from services.careplan.operations.chains.cancel_chain_step import cancel_chain_step
from services.careplan.operations.chains.carry_out_chain_step import (
    complete_chain_step,
    give_chain_feedback,
    schedule_chain_step,
    start_chain_step,
)
from services.careplan.operations.chains.draft_chain_step import draft_chain_step
from services.careplan.operations.chains.send_chain_step import send_chain_step
from services.careplan.views import chains
from services.careplan.wire.chains import chain_step as resource
from services.chassis.door import Door
from services.chassis.names import resource_id, uuid_of
from services.chassis.values import day_of, id_of
from services.chassis.words import word
from services.kernel.care import NeedDomain
from sote.careplan.v1 import chain_pb2
from sote.careplan.v1 import chain_service_pb2 as rpc
from sote.careplan.v1.chain_service_pb2_grpc import ChainServiceServicer
from sote.type.v1 import care_pb2


class _OfStep(Protocol):
    name: str
    etag: str


def _told(request: _OfStep) -> Arguments:
    return {"step_id": resource_id(request.name, "chainSteps"), "etag": request.etag}


def _drafted(request: rpc.DraftChainStepRequest) -> Arguments:
    asked = Asked(
        client_id=uuid_of(request.client_id, "client_id"),
        to_organisation_id=uuid_of(request.to_organisation_id, "to_organisation_id"),
        service_code=request.service_code,
        need=word(NeedDomain, care_pb2.NeedDomain, request.need, "need"),
        urgency=word(Urgency, chain_pb2.ChainUrgency, request.urgency, "urgency"),
        question=request.question,
        attachments=tuple(request.attachments),
    )
    return {"asked": asked, "chain_id": id_of(request.chain_id, "chain_id")}


class ChainApi(ChainServiceServicer):
    """The api of service chains."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules

    def DraftChainStep(self, request: rpc.DraftChainStepRequest, context: Any) -> chain_pb2.ChainStep:
        """S1."""
        told = _drafted(request)
        return self._door.write(
            request,
            context,
            lambda s, c: resource(draft_chain_step(s, **told, caller=c.caller, now=c.now, new_id=c.new_id)),
        )

    def SendChainStep(self, request: rpc.SendChainStepRequest, context: Any) -> chain_pb2.ChainStep:
        """S2."""
        told = _told(request) | {"rules": self._rules}
        return self._door.write(
            request, context, lambda s, c: resource(send_chain_step(s, **told, caller=c.caller, now=c.now))
        )

    def ReceiveChainStep(self, request: rpc.ReceiveChainStepRequest, context: Any) -> chain_pb2.ChainStep:
        """S3."""
        told = _told(request)
        return self._door.write(
            request, context, lambda s, c: resource(receive_chain_step(s, **told, caller=c.caller, now=c.now))
        )

    def AcceptChainStep(self, request: rpc.AcceptChainStepRequest, context: Any) -> chain_pb2.ChainStep:
        """S4."""
        told = _told(request) | {"planned_date": day_of(request.planned_date, "planned_date")}
        return self._door.write(
            request, context, lambda s, c: resource(accept_chain_step(s, **told, caller=c.caller, now=c.now))
        )

    def ReturnChainStep(self, request: rpc.ReturnChainStepRequest, context: Any) -> chain_pb2.ChainStep:
        """S5."""
        told = _told(request) | {"reason": request.reason, "suggestion": request.suggestion}
        return self._door.write(
            request, context, lambda s, c: resource(return_chain_step(s, **told, caller=c.caller, now=c.now))
        )

    def ScheduleChainStep(self, request: rpc.ScheduleChainStepRequest, context: Any) -> chain_pb2.ChainStep:
        """S6."""
        told = _told(request) | {"planned_date": day_of(request.planned_date, "planned_date")}
        return self._door.write(
            request, context, lambda s, c: resource(schedule_chain_step(s, **told, caller=c.caller, now=c.now))
        )

    def StartChainStep(self, request: rpc.StartChainStepRequest, context: Any) -> chain_pb2.ChainStep:
        """S6."""
        told = _told(request)
        return self._door.write(
            request, context, lambda s, c: resource(start_chain_step(s, **told, caller=c.caller, now=c.now))
        )

    def CompleteChainStep(self, request: rpc.CompleteChainStepRequest, context: Any) -> chain_pb2.ChainStep:
        """S6."""
        told = _told(request)
        return self._door.write(
            request, context, lambda s, c: resource(complete_chain_step(s, **told, caller=c.caller, now=c.now))
        )

    def GiveChainFeedback(self, request: rpc.GiveChainFeedbackRequest, context: Any) -> chain_pb2.ChainStep:
        """S7."""
        told = _told(request) | {"feedback": request.feedback}
        return self._door.write(
            request, context, lambda s, c: resource(give_chain_feedback(s, **told, caller=c.caller, now=c.now))
        )

    def CancelChainStep(self, request: rpc.CancelChainStepRequest, context: Any) -> chain_pb2.ChainStep:
        """S8."""
        told = _told(request) | {"reason": request.reason}
        return self._door.write(
            request, context, lambda s, c: resource(cancel_chain_step(s, **told, caller=c.caller, now=c.now))
        )

    def GetChainStep(self, request: rpc.GetChainStepRequest, context: Any) -> chain_pb2.ChainStep:
        """A step."""
        step_id = resource_id(request.name, "chainSteps")
        return self._door.read(request, context, lambda s, c: chains.get_chain_step(s, step_id, c.caller))

    def ListChainSteps(self, request: rpc.ListChainStepsRequest, context: Any) -> rpc.ListChainStepsResponse:
        """Steps in which the caller's organisation has a part."""
        return self._door.read(request, context, lambda s, c: chains.list_chain_steps(s, request, c.caller))

    def ListBrokenChains(self, request: rpc.ListBrokenChainsRequest, context: Any) -> rpc.ListBrokenChainsResponse:
        """What is overdue, or returned and left lying (S1.02)."""
        return self._door.read(request, context, lambda s, c: chains.list_broken_chains(s, request, c.caller))
