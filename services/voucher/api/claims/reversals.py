"""The methods of ReversalService; each gives its request to one operation or view through the door."""

from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id
from services.voucher.api.callers import scope_of
from services.voucher.operations.claims.reverse_redemption import reverse_redemption
from services.voucher.views.claims.reversal import list_reversals
from services.voucher.wire.claims import reversal as wire
from services.voucher.wire.vouchers.voucher import REDEMPTIONS
from sote.voucher.v1 import reversal_pb2, reversal_service_pb2_grpc
from sote.voucher.v1 import reversal_service_pb2 as pb


class ReversalApi(reversal_service_pb2_grpc.ReversalServiceServicer):
    """ReversalService over one door."""

    def __init__(self, door: Door) -> None:
        self._door = door

    @writes
    def ReverseRedemption(
        self, request: pb.ReverseRedemptionRequest, call: Call, session: Session
    ) -> reversal_pb2.Reversal:
        made = reverse_redemption(
            session,
            redemption_id=resource_id(request.name, REDEMPTIONS),
            reason=wire.reversal_reason_from(request.reason),
            etag=request.etag,
            subject=call.caller.subject,
            now=call.now,
        )
        return wire.reversal(made)

    @reads
    def ListReversals(self, request: pb.ListReversalsRequest, call: Call, session: Session) -> pb.ListReversalsResponse:
        return list_reversals(session, request, scope_of(call.caller).provider_id)
