"""The gRPC methods of SanctionService."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id
from services.provider import views
from services.provider.domain.rules import Rules
from services.provider.operations.escalate_sanction import escalate_sanction
from services.provider.operations.impose_sanction import impose_sanction
from services.provider.operations.open_hearing import open_hearing
from services.provider.operations.record_hearing import record_hearing
from services.provider.operations.remedy_sanction import remedy_sanction
from services.provider.operations.sanctions import propose_sanction
from services.provider.operations.withdraw_sanction import withdraw_sanction
from services.provider.wire import sanctions as wire
from sote.provider.v1 import sanction_pb2, sanction_service_pb2_grpc
from sote.provider.v1 import sanction_service_pb2 as pb


class SanctionApi(sanction_service_pb2_grpc.SanctionServiceServicer):
    """Serves SanctionService."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules

    @writes
    def ProposeSanction(
        self, request: pb.ProposeSanctionRequest, call: Call, session: Session
    ) -> sanction_pb2.Sanction:
        sanction = propose_sanction(
            session,
            contract_id=UUID(request.contract_id),
            measure=wire.measure(request),
            rules=self._rules,
            by=call.caller.subject,
            new_id=call.new_id(),
            now=call.now,
        )
        return wire.sanction(sanction)

    @writes
    def OpenHearing(self, request: pb.OpenHearingRequest, call: Call, session: Session) -> sanction_pb2.Sanction:
        sanction = open_hearing(
            session,
            sanction_id=resource_id(request.name, wire.SANCTIONS),
            etag=request.etag,
            rules=self._rules,
            now=call.now,
        )
        return wire.sanction(sanction)

    @writes
    def BeHeard(self, request: pb.BeHeardRequest, call: Call, session: Session) -> sanction_pb2.Sanction:
        sanction = record_hearing(
            session,
            sanction_id=resource_id(request.name, wire.SANCTIONS),
            etag=request.etag,
            statement=request.statement,
            caller=call.caller,
            now=call.now,
        )
        return wire.sanction(sanction)

    @writes
    def ImposeSanction(self, request: pb.ImposeSanctionRequest, call: Call, session: Session) -> sanction_pb2.Sanction:
        sanction = impose_sanction(
            session,
            sanction_id=resource_id(request.name, wire.SANCTIONS),
            etag=request.etag,
            emergency=request.emergency,
            rules=self._rules,
            now=call.now,
        )
        return wire.sanction(sanction)

    @writes
    def WithdrawSanction(
        self, request: pb.WithdrawSanctionRequest, call: Call, session: Session
    ) -> sanction_pb2.Sanction:
        sanction = withdraw_sanction(
            session,
            sanction_id=resource_id(request.name, wire.SANCTIONS),
            etag=request.etag,
            now=call.now,
        )
        return wire.sanction(sanction)

    @writes
    def RemedySanction(self, request: pb.RemedySanctionRequest, call: Call, session: Session) -> sanction_pb2.Sanction:
        sanction = remedy_sanction(
            session,
            sanction_id=resource_id(request.name, wire.SANCTIONS),
            etag=request.etag,
            now=call.now,
        )
        return wire.sanction(sanction)

    @writes
    def EscalateSanction(
        self, request: pb.EscalateSanctionRequest, call: Call, session: Session
    ) -> sanction_pb2.Sanction:
        sanction = escalate_sanction(
            session,
            sanction_id=resource_id(request.name, wire.SANCTIONS),
            etag=request.etag,
            measure=wire.measure(request),
            rules=self._rules,
            by=call.caller.subject,
            new_id=call.new_id(),
            now=call.now,
        )
        return wire.sanction(sanction)

    @reads
    def ListSanctions(self, request: pb.ListSanctionsRequest, call: Call, session: Session) -> pb.ListSanctionsResponse:
        return views.list_sanctions(session, request, caller=call.caller)
