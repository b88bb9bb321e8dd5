"""OperatorTransferService: a plan is handed over to another operator."""

from sqlalchemy.orm import Session

from services.careplan.api.plans import PLANS
from services.careplan.domain.rules import Rules
from services.careplan.operations.transfers.answer_operator_transfer import (
    accept_operator_transfer,
    decline_operator_transfer,
)
from services.careplan.operations.transfers.commit_operator_transfer import commit_operator_transfer
from services.careplan.operations.transfers.offer_operator_transfer import offer_operator_transfer
from services.careplan.operations.transfers.order_operator_transfer import order_operator_transfer
from services.careplan.operations.transfers.withdraw_operator_transfer import withdraw_operator_transfer
from services.careplan.views.transfers import list_operator_transfers
from services.careplan.wire import requests
from services.careplan.wire.transfers import operator_transfer as resource
from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id
from sote.careplan.v1 import operator_transfer_service_pb2 as rpc
from sote.careplan.v1.operator_transfer_service_pb2_grpc import OperatorTransferServiceServicer

TRANSFERS = "operatorTransfers"


class OperatorTransferApi(OperatorTransferServiceServicer):
    """The api of transfers of the responsible operator (PLAN-15)."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules

    @writes
    def OfferOperatorTransfer(
        self, request: rpc.OfferOperatorTransferRequest, call: Call, session: Session
    ) -> rpc.OperatorTransfer:
        transfer = offer_operator_transfer(
            session,
            plan_id=resource_id(request.name, PLANS),
            etag=request.etag,
            target=requests.target(request),
            reason=request.reason,
            rules=self._rules,
            caller=call.caller,
            now=call.now,
            new_id=call.new_id(),
        )
        return resource(transfer)

    @writes
    def AcceptOperatorTransfer(
        self, request: rpc.AcceptOperatorTransferRequest, call: Call, session: Session
    ) -> rpc.OperatorTransfer:
        transfer = accept_operator_transfer(
            session,
            transfer_id=resource_id(request.name, TRANSFERS),
            etag=request.etag,
            caller=call.caller,
            now=call.now,
        )
        return resource(transfer)

    @writes
    def DeclineOperatorTransfer(
        self, request: rpc.DeclineOperatorTransferRequest, call: Call, session: Session
    ) -> rpc.OperatorTransfer:
        transfer = decline_operator_transfer(
            session,
            transfer_id=resource_id(request.name, TRANSFERS),
            etag=request.etag,
            reason=request.reason,
            caller=call.caller,
            now=call.now,
        )
        return resource(transfer)

    @writes
    def CommitOperatorTransfer(
        self, request: rpc.CommitOperatorTransferRequest, call: Call, session: Session
    ) -> rpc.OperatorTransfer:
        transfer = commit_operator_transfer(
            session,
            transfer_id=resource_id(request.name, TRANSFERS),
            etag=request.etag,
            rules=self._rules,
            caller=call.caller,
            now=call.now,
            new_id=call.new_id,
        )
        return resource(transfer)

    @writes
    def WithdrawOperatorTransfer(
        self, request: rpc.WithdrawOperatorTransferRequest, call: Call, session: Session
    ) -> rpc.OperatorTransfer:
        transfer = withdraw_operator_transfer(
            session,
            transfer_id=resource_id(request.name, TRANSFERS),
            etag=request.etag,
            reason=request.reason,
            caller=call.caller,
            now=call.now,
        )
        return resource(transfer)

    @writes
    def OrderOperatorTransfer(
        self, request: rpc.OrderOperatorTransferRequest, call: Call, session: Session
    ) -> rpc.OperatorTransfer:
        transfer = order_operator_transfer(
            session,
            plan_id=resource_id(request.name, PLANS),
            etag=request.etag,
            target=requests.target(request),
            reason=request.reason,
            rules=self._rules,
            caller=call.caller,
            now=call.now,
            new_id=call.new_id,
        )
        return resource(transfer)

    @reads
    def ListOperatorTransfers(
        self, request: rpc.ListOperatorTransfersRequest, call: Call, session: Session
    ) -> rpc.ListOperatorTransfersResponse:
        return list_operator_transfers(session, request, call.caller)
