"""The methods of ProviderService about what happens to contracts in force."""

import grpc

from services.chassis.door import Door
from services.chassis.names import resource_id
from services.provider.operations.agree_line_change import agree_line_change
from services.provider.operations.give_notice import give_notice
from services.provider.operations.propose_line_change import propose_line_change
from services.provider.operations.reinstate_contract import reinstate_contract
from services.provider.operations.suspend_contract import suspend_contract
from services.provider.operations.terminate_contract import terminate_contract
from services.provider.wire import requests, resources
from sote.provider.v1 import contract_pb2, provider_service_pb2_grpc
from sote.provider.v1 import provider_service_pb2 as pb

Context = grpc.ServicerContext


class CourseMethods(provider_service_pb2_grpc.ProviderServiceServicer):
    """Contracts in force: changes, suspension, notice, termination."""

    _door: Door

    def ProposeLineChange(self, request: pb.ProposeLineChangeRequest, context: Context) -> contract_pb2.Contract:
        """CONTRACT-4."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.contract(
                propose_line_change(
                    session,
                    contract_id=resource_id(request.name, resources.CONTRACTS),
                    change=requests.line_change(request.change),
                    etag=request.etag,
                    now=call.now,
                )
            ),
        )

    def AgreeLineChange(self, request: pb.AgreeLineChangeRequest, context: Context) -> contract_pb2.Contract:
        """CONTRACT-4."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.contract(
                agree_line_change(
                    session,
                    contract_id=resource_id(request.name, resources.CONTRACTS),
                    change=requests.line_change(request.change),
                    caller=call.caller,
                    etag=request.etag,
                    now=call.now,
                )
            ),
        )

    def SuspendContract(self, request: pb.SuspendContractRequest, context: Context) -> contract_pb2.Contract:
        """CONTRACT-5."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.contract(
                suspend_contract(
                    session,
                    contract_id=resource_id(request.name, resources.CONTRACTS),
                    suspension=requests.suspension(request),
                    etag=request.etag,
                    now=call.now,
                )
            ),
        )

    def ReinstateContract(self, request: pb.ReinstateContractRequest, context: Context) -> contract_pb2.Contract:
        """CONTRACT-6."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.contract(
                reinstate_contract(
                    session,
                    contract_id=resource_id(request.name, resources.CONTRACTS),
                    etag=request.etag,
                    now=call.now,
                )
            ),
        )

    def GiveNotice(self, request: pb.GiveNoticeRequest, context: Context) -> contract_pb2.Contract:
        """CONTRACT-7."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.contract(
                give_notice(
                    session,
                    contract_id=resource_id(request.name, resources.CONTRACTS),
                    caller=call.caller,
                    etag=request.etag,
                    now=call.now,
                )
            ),
        )

    def TerminateContract(self, request: pb.TerminateContractRequest, context: Context) -> contract_pb2.Contract:
        """CONTRACT-8."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.contract(
                terminate_contract(
                    session,
                    contract_id=resource_id(request.name, resources.CONTRACTS),
                    cause=requests.termination_cause(request),
                    etag=request.etag,
                    now=call.now,
                )
            ),
        )
