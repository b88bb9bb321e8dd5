"""The methods of SettlementService; each gives its request to one operation or view through the door."""

from collections.abc import Mapping
from uuid import UUID

import grpc
from sqlalchemy.orm import Session

from services.chassis.door import Call, Door
from services.chassis.names import resource_id, uuid_of
from services.chassis.values import day_of
from services.voucher.api.callers import scope_of
from services.voucher.domain.rules import Rules
from services.voucher.domain.spending.settlement import FourEyes, NothingToSettle, PeriodInverted, SettlementNotFound
from services.voucher.operations.spending.approve_settlement import approve_settlement
from services.voucher.operations.spending.confirm_settlement_paid import confirm_settlement_paid
from services.voucher.operations.spending.create_settlement import create_settlement
from services.voucher.operations.spending.fail_settlement import fail_settlement
from services.voucher.operations.spending.send_settlement import send_settlement
from services.voucher.views.spending import settlement as views
from services.voucher.wire.spending.settlement import SETTLEMENTS, settlement
from sote.voucher.v1 import settlement_pb2, settlement_service_pb2_grpc
from sote.voucher.v1 import settlement_service_pb2 as pb

Code = grpc.StatusCode
Context = grpc.ServicerContext

REFUSALS: Mapping[type[Exception], grpc.StatusCode] = {
    SettlementNotFound: Code.NOT_FOUND,
    FourEyes: Code.PERMISSION_DENIED,
    NothingToSettle: Code.FAILED_PRECONDITION,
    PeriodInverted: Code.INVALID_ARGUMENT,
}


class SettlementApi(settlement_service_pb2_grpc.SettlementServiceServicer):
    """SettlementService over one door."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules

    def CreateSettlement(self, request: pb.CreateSettlementRequest, context: Context) -> settlement_pb2.Settlement:
        def act(session: Session, call: Call) -> settlement_pb2.Settlement:
            batch = create_settlement(
                session,
                provider_id=uuid_of(request.provider_id, "provider_id"),
                period_start=day_of(request.period_start, "period_start"),
                period_end=day_of(request.period_end, "period_end"),
                caller=call.caller,
                rules=self._rules,
                now=call.now,
                new_id=call.new_id(),
            )
            return settlement(batch)

        return self._door.write(request, context, act)

    def ApproveSettlement(self, request: pb.ApproveSettlementRequest, context: Context) -> settlement_pb2.Settlement:
        def act(session: Session, call: Call) -> settlement_pb2.Settlement:
            batch = approve_settlement(
                session, settlement_id=_id(request.name), etag=request.etag, caller=call.caller, now=call.now
            )
            return settlement(batch)

        return self._door.write(request, context, act)

    def SendSettlement(self, request: pb.SendSettlementRequest, context: Context) -> settlement_pb2.Settlement:
        def act(session: Session, call: Call) -> settlement_pb2.Settlement:
            return settlement(
                send_settlement(session, settlement_id=_id(request.name), etag=request.etag, now=call.now)
            )

        return self._door.write(request, context, act)

    def ConfirmSettlementPaid(
        self, request: pb.ConfirmSettlementPaidRequest, context: Context
    ) -> settlement_pb2.Settlement:
        def act(session: Session, call: Call) -> settlement_pb2.Settlement:
            batch = confirm_settlement_paid(
                session,
                settlement_id=_id(request.name),
                payment_reference=request.payment_reference,
                etag=request.etag,
                rules=self._rules,
                now=call.now,
            )
            return settlement(batch)

        return self._door.write(request, context, act)

    def FailSettlement(self, request: pb.FailSettlementRequest, context: Context) -> settlement_pb2.Settlement:
        def act(session: Session, call: Call) -> settlement_pb2.Settlement:
            batch = fail_settlement(
                session,
                settlement_id=_id(request.name),
                failure_code=request.failure_code,
                etag=request.etag,
                now=call.now,
            )
            return settlement(batch)

        return self._door.write(request, context, act)

    def GetSettlement(self, request: pb.GetSettlementRequest, context: Context) -> settlement_pb2.Settlement:
        def act(session: Session, call: Call) -> settlement_pb2.Settlement:
            return views.get_settlement(session, _id(request.name), scope_of(call.caller).provider_id)

        return self._door.read(request, context, act)

    def ListSettlements(self, request: pb.ListSettlementsRequest, context: Context) -> pb.ListSettlementsResponse:
        def act(session: Session, call: Call) -> pb.ListSettlementsResponse:
            return views.list_settlements(session, request, scope_of(call.caller).provider_id)

        return self._door.read(request, context, act)

    def ListSettlementItems(
        self, request: pb.ListSettlementItemsRequest, context: Context
    ) -> pb.ListSettlementItemsResponse:
        def act(session: Session, call: Call) -> pb.ListSettlementItemsResponse:
            own = scope_of(call.caller).provider_id
            return views.list_settlement_items(session, request, _id(request.name), own)

        return self._door.read(request, context, act)


def _id(name: str) -> UUID:
    return resource_id(name, SETTLEMENTS)
