"""The methods of SettlementService; each gives its request to one operation or view through the door."""

from uuid import UUID

import grpc
from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id, uuid_of
from services.chassis.values import day_of
from services.voucher.api.callers import scope_of
from services.voucher.domain.rules import Rules
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


class SettlementApi(settlement_service_pb2_grpc.SettlementServiceServicer):
    """SettlementService over one door."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules

    @writes
    def CreateSettlement(
        self, request: pb.CreateSettlementRequest, call: Call, session: Session
    ) -> settlement_pb2.Settlement:
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

    @writes
    def ApproveSettlement(
        self, request: pb.ApproveSettlementRequest, call: Call, session: Session
    ) -> settlement_pb2.Settlement:
        batch = approve_settlement(
            session, settlement_id=_id(request.name), etag=request.etag, caller=call.caller, now=call.now
        )
        return settlement(batch)

    @writes
    def SendSettlement(
        self, request: pb.SendSettlementRequest, call: Call, session: Session
    ) -> settlement_pb2.Settlement:
        return settlement(send_settlement(session, settlement_id=_id(request.name), etag=request.etag, now=call.now))

    @writes
    def ConfirmSettlementPaid(
        self, request: pb.ConfirmSettlementPaidRequest, call: Call, session: Session
    ) -> settlement_pb2.Settlement:
        batch = confirm_settlement_paid(
            session,
            settlement_id=_id(request.name),
            payment_reference=request.payment_reference,
            etag=request.etag,
            rules=self._rules,
            now=call.now,
        )
        return settlement(batch)

    @writes
    def FailSettlement(
        self, request: pb.FailSettlementRequest, call: Call, session: Session
    ) -> settlement_pb2.Settlement:
        batch = fail_settlement(
            session,
            settlement_id=_id(request.name),
            failure_code=request.failure_code,
            etag=request.etag,
            now=call.now,
        )
        return settlement(batch)

    @reads
    def GetSettlement(
        self, request: pb.GetSettlementRequest, call: Call, session: Session
    ) -> settlement_pb2.Settlement:
        return views.get_settlement(session, _id(request.name), scope_of(call.caller).provider_id)

    @reads
    def ListSettlements(
        self, request: pb.ListSettlementsRequest, call: Call, session: Session
    ) -> pb.ListSettlementsResponse:
        return views.list_settlements(session, request, scope_of(call.caller).provider_id)

    @reads
    def ListSettlementItems(
        self, request: pb.ListSettlementItemsRequest, call: Call, session: Session
    ) -> pb.ListSettlementItemsResponse:
        own = scope_of(call.caller).provider_id
        return views.list_settlement_items(session, request, _id(request.name), own)


def _id(name: str) -> UUID:
    return resource_id(name, SETTLEMENTS)
