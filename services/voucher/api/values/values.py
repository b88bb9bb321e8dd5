"""The methods of ValueService; each gives its request to one operation or view through the door."""

from collections.abc import Callable, Mapping
from typing import Any

import grpc
from sqlalchemy.orm import Session

from services.chassis.door import Call, Door
from services.chassis.etags import VersionConflict
from services.chassis.names import resource_id
from services.voucher.api.acting import client_on
from services.voucher.api.callers import sees_incomes
from services.voucher.domain.values.fee import FeeParameters
from services.voucher.domain.values.parameters import ParameterKind, ParameterSet, ParametersOverlap
from services.voucher.domain.values.value import ValueParameters
from services.voucher.operations.values.put_parameters import put_parameters
from services.voucher.storage.vault import Vault
from services.voucher.views.values import parameters as views
from services.voucher.views.vouchers.value_explanation import explain_value
from services.voucher.wire.values import parameters as wire
from services.voucher.wire.vouchers.voucher import VOUCHERS
from sote.voucher.v1 import value_pb2, value_service_pb2_grpc
from sote.voucher.v1 import value_service_pb2 as pb

Context = grpc.ServicerContext

REFUSALS: Mapping[type[Exception], grpc.StatusCode] = {ParametersOverlap: grpc.StatusCode.FAILED_PRECONDITION}
CONSTRAINTS: Mapping[str, Callable[[], Exception]] = {
    "ex_parameter_set_overlap": lambda: ParametersOverlap("another set is in force on a day of this one"),
    "uq_parameter_set_version": VersionConflict,
}


class ValueApi(value_service_pb2_grpc.ValueServiceServicer):
    """ValueService over one door and the vault of incomes."""

    def __init__(self, door: Door, vault: Vault) -> None:
        self._door = door
        self._vault = vault

    def PutValueParameters(self, request: pb.PutValueParametersRequest, context: Context) -> value_pb2.ValueParameters:
        def act(session: Session, call: Call) -> value_pb2.ValueParameters:
            body = wire.value_parameters_from(request)
            new = new_set(request, ParameterKind.VALUE, request.service_code, body, call)
            put = put_parameters(session, new=new, etag=request.etag, now=call.now, new_id=call.new_id)
            return wire.value_parameters(put)

        return self._door.write(request, context, act)

    def ListValueParameters(
        self, request: pb.ListValueParametersRequest, context: Context
    ) -> pb.ListValueParametersResponse:
        return self._door.read(request, context, lambda session, call: views.list_value_parameters(session, request))

    def ExplainValue(self, request: pb.ExplainValueRequest, context: Context) -> value_pb2.ValueExplanation:
        def act(session: Session, call: Call) -> value_pb2.ValueExplanation:
            voucher_id = resource_id(request.name, VOUCHERS)
            return explain_value(
                session,
                voucher_id,
                vault=self._vault,
                own_client=client_on(session, call, voucher_id),
                incomes=sees_incomes(call.caller),
            )

        return self._door.read(request, context, act)


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
