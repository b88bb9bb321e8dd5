"""The methods of ProviderService about contracts."""

from uuid import UUID

import grpc

from services.chassis.door import Door
from services.chassis.names import resource_id
from services.provider import views
from services.provider.domain.rules import Rules
from services.provider.operations.accept_conditions import accept_conditions
from services.provider.operations.activate_contract import activate_contract
from services.provider.operations.draft_contract import draft_contract
from services.provider.operations.withdraw_contract import withdraw_contract
from services.provider.wire import requests, resources
from sote.provider.v1 import contract_pb2, provider_service_pb2_grpc
from sote.provider.v1 import provider_service_pb2 as pb

Context = grpc.ServicerContext


class ContractMethods(provider_service_pb2_grpc.ProviderServiceServicer):
    """Contracts."""

    _door: Door
    _rules: Rules

    def DraftContract(self, request: pb.DraftContractRequest, context: Context) -> contract_pb2.Contract:
        """CONTRACT-1."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.contract(
                draft_contract(
                    session,
                    provider_id=UUID(request.provider_id),
                    condition_set_id=UUID(request.condition_set_id),
                    terms=requests.contract_terms(request, notice_days=self._rules.notice_days),
                    caller=call.caller,
                    now=call.now,
                    new_id=call.new_id(),
                )
            ),
        )

    def AcceptConditions(self, request: pb.AcceptConditionsRequest, context: Context) -> contract_pb2.Contract:
        """CONTRACT-2."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.contract(
                accept_conditions(
                    session,
                    condition_set_id=UUID(request.condition_set_id),
                    number=request.condition_set_number,
                    clause_codes=request.clause_codes,
                    caller=call.caller,
                    contract_id=resource_id(request.name, resources.CONTRACTS),
                    etag=request.etag,
                    now=call.now,
                )
            ),
        )

    def ActivateContract(self, request: pb.ActivateContractRequest, context: Context) -> contract_pb2.Contract:
        """CONTRACT-3."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.contract(
                activate_contract(
                    session, contract_id=resource_id(request.name, resources.CONTRACTS), etag=request.etag, now=call.now
                )
            ),
        )

    def WithdrawContract(self, request: pb.WithdrawContractRequest, context: Context) -> contract_pb2.Contract:
        """CONTRACT-10."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.contract(
                withdraw_contract(
                    session, contract_id=resource_id(request.name, resources.CONTRACTS), etag=request.etag, now=call.now
                )
            ),
        )

    def GetContract(self, request: pb.GetContractRequest, context: Context) -> contract_pb2.Contract:
        """One contract."""
        return self._door.read(
            request, context, lambda session, call: views.get_contract(session, request.name, caller=call.caller)
        )

    def ListContracts(self, request: pb.ListContractsRequest, context: Context) -> pb.ListContractsResponse:
        """A page of contracts."""
        return self._door.read(
            request, context, lambda session, call: views.list_contracts(session, request, caller=call.caller)
        )
