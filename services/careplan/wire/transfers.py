"""Transfers of the responsible operator as resources."""

from services.careplan.domain.transfers.operator_transfer import OperatorTransfer
from services.chassis.etags import etag_of
from services.chassis.names import resource_name
from services.chassis.values import instant
from services.chassis.words import value_of
from sote.careplan.v1 import operator_transfer_service_pb2 as rpc
from sote.type.v1 import care_pb2


def operator_transfer(transfer: OperatorTransfer) -> rpc.OperatorTransfer:
    """The resource OperatorTransfer."""
    return rpc.OperatorTransfer(
        name=resource_name("operatorTransfers", transfer.id),
        uid=str(transfer.id),
        etag=etag_of(transfer.version),
        create_time=instant(transfer.created_at),
        update_time=instant(transfer.updated_at),
        plan_id=str(transfer.plan_id),
        client_id=str(transfer.client_id),
        state=value_of(rpc.OperatorTransferState, transfer.state),
        from_organisation_id=str(transfer.from_organisation_id),
        to_organisation_id=str(transfer.to_organisation_id),
        to_unit_id=str(transfer.to_unit_id),
        to_kind=value_of(care_pb2.OperatorKind, transfer.to_kind),
        epoch=transfer.epoch,
        ordered=transfer.ordered,
        reason=transfer.reason,
        end_reason=transfer.end_reason,
    )
