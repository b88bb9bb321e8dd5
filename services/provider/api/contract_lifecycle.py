"""The methods of ContractService about what happens to contracts in force."""

from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, writes
from services.chassis.names import resource_id
from services.provider.operations.agree_line_change import agree_line_change
from services.provider.operations.give_notice import give_notice
from services.provider.operations.propose_line_change import propose_line_change
from services.provider.operations.reinstate_contract import reinstate_contract
from services.provider.operations.suspend_contract import suspend_contract
from services.provider.operations.terminate_contract import terminate_contract
from services.provider.wire import requests, resources
from sote.provider.v1 import contract_pb2, contract_service_pb2_grpc
from sote.provider.v1 import contract_service_pb2 as pb


class ContractLifecycleMethods(contract_service_pb2_grpc.ContractServiceServicer):
    """Contracts in force: changes, suspension, notice, termination."""

    _door: Door

    @writes
    def ProposeLineChange(
        self, request: pb.ProposeLineChangeRequest, call: Call, session: Session
    ) -> contract_pb2.Contract:
        contract = propose_line_change(
            session,
            contract_id=resource_id(request.name, resources.CONTRACTS),
            change=requests.line_change(request.change),
            etag=request.etag,
            now=call.now,
        )
        return resources.contract(contract)

    @writes
    def AgreeLineChange(
        self, request: pb.AgreeLineChangeRequest, call: Call, session: Session
    ) -> contract_pb2.Contract:
        contract = agree_line_change(
            session,
            contract_id=resource_id(request.name, resources.CONTRACTS),
            change=requests.line_change(request.change),
            caller=call.caller,
            etag=request.etag,
            now=call.now,
        )
        return resources.contract(contract)

    @writes
    def SuspendContract(
        self, request: pb.SuspendContractRequest, call: Call, session: Session
    ) -> contract_pb2.Contract:
        contract = suspend_contract(
            session,
            contract_id=resource_id(request.name, resources.CONTRACTS),
            suspension=requests.suspension(request),
            etag=request.etag,
            now=call.now,
        )
        return resources.contract(contract)

    @writes
    def ReinstateContract(
        self, request: pb.ReinstateContractRequest, call: Call, session: Session
    ) -> contract_pb2.Contract:
        contract = reinstate_contract(
            session,
            contract_id=resource_id(request.name, resources.CONTRACTS),
            etag=request.etag,
            now=call.now,
        )
        return resources.contract(contract)

    @writes
    def GiveNotice(self, request: pb.GiveNoticeRequest, call: Call, session: Session) -> contract_pb2.Contract:
        contract = give_notice(
            session,
            contract_id=resource_id(request.name, resources.CONTRACTS),
            caller=call.caller,
            etag=request.etag,
            now=call.now,
        )
        return resources.contract(contract)

    @writes
    def TerminateContract(
        self, request: pb.TerminateContractRequest, call: Call, session: Session
    ) -> contract_pb2.Contract:
        contract = terminate_contract(
            session,
            contract_id=resource_id(request.name, resources.CONTRACTS),
            cause=requests.termination_cause(request),
            etag=request.etag,
            now=call.now,
        )
        return resources.contract(contract)
