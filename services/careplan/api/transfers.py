"""OperatorTransferService: each method turns the request into one operation or one question."""

from typing import Any, Protocol

from services.careplan.api.arguments import Arguments, of_plan
from services.careplan.domain.rules import Rules
from services.careplan.domain.terms import OperatorKind
from services.careplan.domain.transfers.operator_transfer import Target
from services.careplan.operations.transfers.answer_operator_transfer import (
    accept_operator_transfer,
    decline_operator_transfer,
)
from services.careplan.operations.transfers.commit_operator_transfer import commit_operator_transfer
from services.careplan.operations.transfers.offer_operator_transfer import offer_operator_transfer
from services.careplan.operations.transfers.order_operator_transfer import order_operator_transfer
from services.careplan.operations.transfers.withdraw_operator_transfer import withdraw_operator_transfer
from services.careplan.views.transfers import list_operator_transfers
from services.careplan.wire.transfers import operator_transfer as resource
from services.chassis.door import Door
from services.chassis.names import resource_id, uuid_of
from services.chassis.words import word
from sote.careplan.v1 import operator_transfer_service_pb2 as rpc
from sote.careplan.v1.operator_transfer_service_pb2_grpc import OperatorTransferServiceServicer
from sote.type.v1 import care_pb2


class _OfTransfer(Protocol):
    name: str
    etag: str


def _told(request: _OfTransfer) -> Arguments:
    return {"transfer_id": resource_id(request.name, "operatorTransfers"), "etag": request.etag}


def _begun(request: rpc.OfferOperatorTransferRequest | rpc.OrderOperatorTransferRequest) -> Arguments:
    target = Target(
        uuid_of(request.to_organisation_id, "to_organisation_id"),
        uuid_of(request.to_unit_id, "to_unit_id"),
        word(OperatorKind, care_pb2.OperatorKind, request.to_kind, "to_kind"),
    )
    return of_plan(request) | {"target": target, "reason": request.reason}


class OperatorTransferApi(OperatorTransferServiceServicer):
    """The api of transfers of the responsible operator (PLAN-15)."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules

    def OfferOperatorTransfer(self, request: rpc.OfferOperatorTransferRequest, context: Any) -> rpc.OperatorTransfer:
        """P15."""
        told = _begun(request) | {"rules": self._rules}
        return self._door.write(
            request,
            context,
            lambda s, c: resource(offer_operator_transfer(s, **told, caller=c.caller, now=c.now, new_id=c.new_id())),
        )

    def AcceptOperatorTransfer(self, request: rpc.AcceptOperatorTransferRequest, context: Any) -> rpc.OperatorTransfer:
        """P15."""
        told = _told(request)
        return self._door.write(
            request, context, lambda s, c: resource(accept_operator_transfer(s, **told, caller=c.caller, now=c.now))
        )

    def DeclineOperatorTransfer(
        self, request: rpc.DeclineOperatorTransferRequest, context: Any
    ) -> rpc.OperatorTransfer:
        """P15."""
        told = _told(request) | {"reason": request.reason}
        return self._door.write(
            request, context, lambda s, c: resource(decline_operator_transfer(s, **told, caller=c.caller, now=c.now))
        )

    def CommitOperatorTransfer(self, request: rpc.CommitOperatorTransferRequest, context: Any) -> rpc.OperatorTransfer:
        """P15."""
        told = _told(request) | {"rules": self._rules}
        return self._door.write(
            request,
            context,
            lambda s, c: resource(commit_operator_transfer(s, **told, caller=c.caller, now=c.now, new_id=c.new_id)),
        )

    def WithdrawOperatorTransfer(
        self, request: rpc.WithdrawOperatorTransferRequest, context: Any
    ) -> rpc.OperatorTransfer:
        """P15."""
        told = _told(request) | {"reason": request.reason}
        return self._door.write(
            request, context, lambda s, c: resource(withdraw_operator_transfer(s, **told, caller=c.caller, now=c.now))
        )

    def OrderOperatorTransfer(self, request: rpc.OrderOperatorTransferRequest, context: Any) -> rpc.OperatorTransfer:
        """S2.13."""
        told = _begun(request) | {"rules": self._rules}
        return self._door.write(
            request,
            context,
            lambda s, c: resource(order_operator_transfer(s, **told, caller=c.caller, now=c.now, new_id=c.new_id)),
        )

    def ListOperatorTransfers(
        self, request: rpc.ListOperatorTransfersRequest, context: Any
    ) -> rpc.ListOperatorTransfersResponse:
        """Transfers that concern the caller's organisation."""
        return self._door.read(request, context, lambda s, c: list_operator_transfers(s, request, c.caller))
