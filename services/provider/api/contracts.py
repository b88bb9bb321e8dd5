"""The methods of ContractService from the draft to the contract in force, and its questions."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id
from services.provider import views
from services.provider.domain.rules import Rules
from services.provider.operations.accept_conditions import accept_conditions
from services.provider.operations.activate_contract import activate_contract
from services.provider.operations.draft_contract import draft_contract
from services.provider.operations.withdraw_contract import withdraw_contract
from services.provider.wire import requests, resources
from sote.provider.v1 import contract_pb2, contract_service_pb2_grpc
from sote.provider.v1 import contract_service_pb2 as pb


class ContractMethods(contract_service_pb2_grpc.ContractServiceServicer):
    """Contracts."""

    _door: Door
    _rules: Rules

    @writes
    def DraftContract(self, request: pb.DraftContractRequest, call: Call, session: Session) -> contract_pb2.Contract:
        contract = draft_contract(
            session,
            provider_id=UUID(request.provider_id),
            condition_set_id=UUID(request.condition_set_id),
            terms=requests.contract_terms(request, notice_days=self._rules.notice_days),
            caller=call.caller,
            now=call.now,
            new_id=call.new_id(),
        )
        return resources.contract(contract)

    @writes
    def AcceptConditions(
        self, request: pb.AcceptConditionsRequest, call: Call, session: Session
    ) -> contract_pb2.Contract:
        contract = accept_conditions(
            session,
            condition_set_id=UUID(request.condition_set_id),
            number=request.condition_set_number,
            clause_codes=request.clause_codes,
            caller=call.caller,
            contract_id=resource_id(request.name, resources.CONTRACTS),
            etag=request.etag,
            now=call.now,
        )
        return resources.contract(contract)

    @writes
    def ActivateContract(
        self, request: pb.ActivateContractRequest, call: Call, session: Session
    ) -> contract_pb2.Contract:
        contract = activate_contract(
            session, contract_id=resource_id(request.name, resources.CONTRACTS), etag=request.etag, now=call.now
        )
        return resources.contract(contract)

    @writes
    def WithdrawContract(
        self, request: pb.WithdrawContractRequest, call: Call, session: Session
    ) -> contract_pb2.Contract:
        contract = withdraw_contract(
            session, contract_id=resource_id(request.name, resources.CONTRACTS), etag=request.etag, now=call.now
        )
        return resources.contract(contract)

    @reads
    def GetContract(self, request: pb.GetContractRequest, call: Call, session: Session) -> contract_pb2.Contract:
        return views.get_contract(session, request.name, caller=call.caller)

    @reads
    def ListContracts(self, request: pb.ListContractsRequest, call: Call, session: Session) -> pb.ListContractsResponse:
        return views.list_contracts(session, request, caller=call.caller)
