"""ChainService: a client is handed on from provider to provider."""

from sqlalchemy.orm import Session

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
from services.careplan.wire import requests
from services.careplan.wire.chains import chain_step as resource
from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id
from services.chassis.values import day_of, id_of
from sote.careplan.v1 import chain_pb2
from sote.careplan.v1 import chain_service_pb2 as rpc
from sote.careplan.v1.chain_service_pb2_grpc import ChainServiceServicer

CHAIN_STEPS = "chainSteps"


class ChainApi(ChainServiceServicer):
    """The api of service chains."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules

    @writes
    def DraftChainStep(self, request: rpc.DraftChainStepRequest, call: Call, session: Session) -> chain_pb2.ChainStep:
        step = draft_chain_step(
            session,
            asked=requests.asked(request),
            chain_id=id_of(request.chain_id, "chain_id"),
            caller=call.caller,
            now=call.now,
            new_id=call.new_id,
        )
        return resource(step)

    @writes
    def SendChainStep(self, request: rpc.SendChainStepRequest, call: Call, session: Session) -> chain_pb2.ChainStep:
        step = send_chain_step(
            session,
            step_id=resource_id(request.name, CHAIN_STEPS),
            etag=request.etag,
            rules=self._rules,
            caller=call.caller,
            now=call.now,
        )
        return resource(step)

    @writes
    def ReceiveChainStep(
        self, request: rpc.ReceiveChainStepRequest, call: Call, session: Session
    ) -> chain_pb2.ChainStep:
        step = receive_chain_step(
            session,
            step_id=resource_id(request.name, CHAIN_STEPS),
            etag=request.etag,
            caller=call.caller,
            now=call.now,
        )
        return resource(step)

    @writes
    def AcceptChainStep(self, request: rpc.AcceptChainStepRequest, call: Call, session: Session) -> chain_pb2.ChainStep:
        step = accept_chain_step(
            session,
            step_id=resource_id(request.name, CHAIN_STEPS),
            etag=request.etag,
            planned_date=day_of(request.planned_date, "planned_date"),
            caller=call.caller,
            now=call.now,
        )
        return resource(step)

    @writes
    def ReturnChainStep(self, request: rpc.ReturnChainStepRequest, call: Call, session: Session) -> chain_pb2.ChainStep:
        step = return_chain_step(
            session,
            step_id=resource_id(request.name, CHAIN_STEPS),
            etag=request.etag,
            reason=request.reason,
            suggestion=request.suggestion,
            caller=call.caller,
            now=call.now,
        )
        return resource(step)

    @writes
    def ScheduleChainStep(
        self, request: rpc.ScheduleChainStepRequest, call: Call, session: Session
    ) -> chain_pb2.ChainStep:
        step = schedule_chain_step(
            session,
            step_id=resource_id(request.name, CHAIN_STEPS),
            etag=request.etag,
            planned_date=day_of(request.planned_date, "planned_date"),
            caller=call.caller,
            now=call.now,
        )
        return resource(step)

    @writes
    def StartChainStep(self, request: rpc.StartChainStepRequest, call: Call, session: Session) -> chain_pb2.ChainStep:
        step = start_chain_step(
            session,
            step_id=resource_id(request.name, CHAIN_STEPS),
            etag=request.etag,
            caller=call.caller,
            now=call.now,
        )
        return resource(step)

    @writes
    def CompleteChainStep(
        self, request: rpc.CompleteChainStepRequest, call: Call, session: Session
    ) -> chain_pb2.ChainStep:
        step = complete_chain_step(
            session,
            step_id=resource_id(request.name, CHAIN_STEPS),
            etag=request.etag,
            caller=call.caller,
            now=call.now,
        )
        return resource(step)

    @writes
    def GiveChainFeedback(
        self, request: rpc.GiveChainFeedbackRequest, call: Call, session: Session
    ) -> chain_pb2.ChainStep:
        step = give_chain_feedback(
            session,
            step_id=resource_id(request.name, CHAIN_STEPS),
            etag=request.etag,
            feedback=request.feedback,
            caller=call.caller,
            now=call.now,
        )
        return resource(step)

    @writes
    def CancelChainStep(self, request: rpc.CancelChainStepRequest, call: Call, session: Session) -> chain_pb2.ChainStep:
        step = cancel_chain_step(
            session,
            step_id=resource_id(request.name, CHAIN_STEPS),
            etag=request.etag,
            reason=request.reason,
            caller=call.caller,
            now=call.now,
        )
        return resource(step)

    @reads
    def GetChainStep(self, request: rpc.GetChainStepRequest, call: Call, session: Session) -> chain_pb2.ChainStep:
        return chains.get_chain_step(session, resource_id(request.name, CHAIN_STEPS), call.caller)

    @reads
    def ListChainSteps(
        self, request: rpc.ListChainStepsRequest, call: Call, session: Session
    ) -> rpc.ListChainStepsResponse:
        return chains.list_chain_steps(session, request, call.caller)

    @reads
    def ListBrokenChains(
        self, request: rpc.ListBrokenChainsRequest, call: Call, session: Session
    ) -> rpc.ListBrokenChainsResponse:
        return chains.list_broken_chains(session, request, call.caller)
