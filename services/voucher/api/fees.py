"""The methods of FeeService; each gives its request to one operation or view through the door."""

import grpc
from sqlalchemy.orm import Session

from services.chassis.door import Call, Door
from services.voucher.api.values import new_set
from services.voucher.domain.parameters import ParameterKind
from services.voucher.operations.put_parameters import put_parameters
from services.voucher.views import parameters as views
from services.voucher.wire import parameters as wire
from sote.voucher.v1 import fee_pb2, fee_service_pb2_grpc
from sote.voucher.v1 import fee_service_pb2 as pb

Context = grpc.ServicerContext


class FeeApi(fee_service_pb2_grpc.FeeServiceServicer):
    """FeeService over one door; its refusals are those of ValueService."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def PutFeeRule(self, request: pb.PutFeeRuleRequest, context: Context) -> fee_pb2.FeeRule:
        def act(session: Session, call: Call) -> fee_pb2.FeeRule:
            body = wire.fee_parameters_from(request)
            new = new_set(request, ParameterKind.FEE, request.fee_rule, body, call)
            put = put_parameters(session, new=new, etag=request.etag, now=call.now, new_id=call.new_id)
            return wire.fee_rule(put)

        return self._door.write(request, context, act)

    def ListFeeRules(self, request: pb.ListFeeRulesRequest, context: Context) -> pb.ListFeeRulesResponse:
        return self._door.read(request, context, lambda session, call: views.list_fee_rules(session, request))
