"""The methods of FeeService; each gives its request to one operation or view through the door."""

from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import uuid_of
from services.chassis.vault import Vault
from services.voucher.api.acting import client_for
from services.voucher.api.callers import sees_incomes
from services.voucher.api.values.values import new_set
from services.voucher.domain.values.parameters import ParameterKind
from services.voucher.operations.values.put_parameters import put_parameters
from services.voucher.views.claims.client_fee import list_client_fees
from services.voucher.views.values import parameters as views
from services.voucher.wire.values import parameters as wire
from sote.voucher.v1 import fee_pb2, fee_service_pb2_grpc
from sote.voucher.v1 import fee_service_pb2 as pb


class FeeApi(fee_service_pb2_grpc.FeeServiceServicer):
    """FeeService over one door and the vault of incomes; its refusals are those of ValueService."""

    def __init__(self, door: Door, vault: Vault) -> None:
        self._door = door
        self._vault = vault

    @writes
    def PutFeeRule(self, request: pb.PutFeeRuleRequest, call: Call, session: Session) -> fee_pb2.FeeRule:
        body = wire.fee_parameters_from(request)
        new = new_set(request, ParameterKind.FEE, request.fee_rule, body, call)
        put = put_parameters(session, new=new, etag=request.etag, now=call.now, new_id=call.new_id)
        return wire.fee_rule(put)

    @reads
    def ListFeeRules(self, request: pb.ListFeeRulesRequest, call: Call, session: Session) -> pb.ListFeeRulesResponse:
        return views.list_fee_rules(session, request)

    @reads
    def ListClientFees(
        self, request: pb.ListClientFeesRequest, call: Call, session: Session
    ) -> pb.ListClientFeesResponse:
        own = client_for(session, call, uuid_of(request.client_id, "client_id"))
        incomes = sees_incomes(call.caller)
        return list_client_fees(session, request, vault=self._vault, own_client=own, incomes=incomes)
