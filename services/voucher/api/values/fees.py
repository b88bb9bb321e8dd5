"""The methods of FeeService; each gives its request to one operation or view through the door."""

import grpc
from sqlalchemy.orm import Session

from services.chassis.door import Call, Door
from services.chassis.names import uuid_of
from services.voucher.api.acting import client_for
from services.voucher.api.callers import sees_incomes
from services.voucher.api.values.values import new_set
from services.voucher.domain.values.parameters import ParameterKind
from services.voucher.operations.values.put_parameters import put_parameters
from services.voucher.storage.vault import Vault
from services.voucher.views.claims.client_fee import list_client_fees
from services.voucher.views.values import parameters as views
from services.voucher.wire.values import parameters as wire
from sote.voucher.v1 import fee_pb2, fee_service_pb2_grpc
from sote.voucher.v1 import fee_service_pb2 as pb

Context = grpc.ServicerContext


class FeeApi(fee_service_pb2_grpc.FeeServiceServicer):
    """FeeService over one door and the vault of incomes; its refusals are those of ValueService."""

    def __init__(self, door: Door, vault: Vault) -> None:
        self._door = door
        self._vault = vault

    def PutFeeRule(self, request: pb.PutFeeRuleRequest, context: Context) -> fee_pb2.FeeRule:
        def act(session: Session, call: Call) -> fee_pb2.FeeRule:
            body = wire.fee_parameters_from(request)
            new = new_set(request, ParameterKind.FEE, request.fee_rule, body, call)
            put = put_parameters(session, new=new, etag=request.etag, now=call.now, new_id=call.new_id)
            return wire.fee_rule(put)

        return self._door.write(request, context, act)

    def ListFeeRules(self, request: pb.ListFeeRulesRequest, context: Context) -> pb.ListFeeRulesResponse:
        return self._door.read(request, context, lambda session, call: views.list_fee_rules(session, request))

    def ListClientFees(self, request: pb.ListClientFeesRequest, context: Context) -> pb.ListClientFeesResponse:
        def act(session: Session, call: Call) -> pb.ListClientFeesResponse:
            own = client_for(session, call, uuid_of(request.client_id, "client_id"))
            incomes = sees_incomes(call.caller)
            return list_client_fees(session, request, vault=self._vault, own_client=own, incomes=incomes)

        return self._door.read(request, context, act)
