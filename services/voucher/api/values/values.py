"""The methods of ValueService; each gives its request to one operation or view through the door."""

from typing import Any

from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id
from services.chassis.vault import Vault
from services.voucher.api.acting import client_on
from services.voucher.api.callers import sees_incomes
from services.voucher.domain.values.fee import FeeParameters
from services.voucher.domain.values.parameters import ParameterKind, ParameterSet
from services.voucher.domain.values.value import ValueParameters
from services.voucher.operations.values.put_parameters import put_parameters
from services.voucher.views.values import parameters as views
from services.voucher.views.vouchers.value_explanation import explain_value
from services.voucher.wire.values import parameters as wire
from services.voucher.wire.vouchers.voucher import VOUCHERS
from sote.voucher.v1 import value_pb2, value_service_pb2_grpc
from sote.voucher.v1 import value_service_pb2 as pb


class ValueApi(value_service_pb2_grpc.ValueServiceServicer):
    """ValueService over one door and the vault of incomes."""

    def __init__(self, door: Door, vault: Vault) -> None:
        self._door = door
        self._vault = vault

    @writes
    def PutValueParameters(
        self, request: pb.PutValueParametersRequest, call: Call, session: Session
    ) -> value_pb2.ValueParameters:
        body = wire.value_parameters_from(request)
        new = new_set(request, ParameterKind.VALUE, request.service_code, body, call)
        put = put_parameters(session, new=new, etag=request.etag, now=call.now, new_id=call.new_id)
        return wire.value_parameters(put)

    @reads
    def ListValueParameters(
        self, request: pb.ListValueParametersRequest, call: Call, session: Session
    ) -> pb.ListValueParametersResponse:
        return views.list_value_parameters(session, request)

    @reads
    def ExplainValue(self, request: pb.ExplainValueRequest, call: Call, session: Session) -> value_pb2.ValueExplanation:
        voucher_id = resource_id(request.name, VOUCHERS)
        return explain_value(
            session,
            voucher_id,
            vault=self._vault,
            own_client=client_on(session, call, voucher_id),
            incomes=sees_incomes(call.caller),
        )


def new_set(
    request: Any, kind: ParameterKind, subject: str, body: ValueParameters | FeeParameters, call: Call
) -> ParameterSet:
    """The set a request enters, as its first version."""
    first, last = wire.period_from(request)
    return ParameterSet(
        id=call.new_id(),
        county=call.caller.county,
        kind=kind,
        subject=subject,
        code=request.code,
        number=1,
        valid_from=first,
        valid_to=last,
        body=body,
        created_at=call.now,
        created_by=call.caller.subject,
    )
