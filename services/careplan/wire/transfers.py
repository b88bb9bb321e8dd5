"""Transfers of the responsible operator as resources."""

from services.careplan.domain.transfers.operator_transfer import OperatorTransfer
from services.chassis.etags import etag_of
from services.chassis.names import resource_name
from services.chassis.values import instant
from services.chassis.words import value_of
from sote.careplan.v1 import operator_transfer_service_pb2 as rpc
from sote.type.v1 import care_pb2


def operator_transfer(it: OperatorTransfer) -> rpc.OperatorTransfer:
    """The resource OperatorTransfer."""
    return rpc.OperatorTransfer(
        name=resource_name("operatorTransfers", it.id),
        uid=str(it.id),
        etag=etag_of(it.version),
        create_time=instant(it.created_at),
        update_time=instant(it.updated_at),
        plan_id=str(it.plan_id),
        client_id=str(it.client_id),
        state=value_of(rpc.OperatorTransferState, it.state),
        from_organisation_id=str(it.from_organisation_id),
        to_organisation_id=str(it.to_organisation_id),
        to_unit_id=str(it.to_unit_id),
        to_kind=value_of(care_pb2.OperatorKind, it.to_kind),
        epoch=it.epoch,
        ordered=it.ordered,
        reason=it.reason,
        end_reason=it.end_reason,
    )
