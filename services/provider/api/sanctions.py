"""The methods of ProviderService about sanctions."""

from uuid import UUID

import grpc

from services.chassis.door import Door
from services.chassis.names import resource_id
from services.provider import views
from services.provider.domain.rules import Rules
from services.provider.operations.be_heard import be_heard
from services.provider.operations.escalate_sanction import escalate_sanction
from services.provider.operations.impose_sanction import impose_sanction
from services.provider.operations.open_hearing import open_hearing
from services.provider.operations.propose_sanction import propose_sanction
from services.provider.operations.remedy_sanction import remedy_sanction
from services.provider.operations.withdraw_sanction import withdraw_sanction
from services.provider.wire import sanctions as wire
from sote.provider.v1 import provider_service_pb2 as pb
from sote.provider.v1 import provider_service_pb2_grpc, sanction_pb2

Context = grpc.ServicerContext


class SanctionMethods(provider_service_pb2_grpc.ProviderServiceServicer):
    """Sanctions."""

    _door: Door
    _rules: Rules

    def ProposeSanction(self, request: pb.ProposeSanctionRequest, context: Context) -> sanction_pb2.Sanction:
        """SANCTION-1."""
        return self._door.write(
            request,
            context,
            lambda session, call: wire.sanction(
                propose_sanction(
                    session,
                    contract_id=UUID(request.contract_id),
                    measure=wire.measure(request),
                    rules=self._rules,
                    by=call.caller.subject,
                    new_id=call.new_id(),
                    now=call.now,
                )
            ),
        )

    def OpenHearing(self, request: pb.OpenHearingRequest, context: Context) -> sanction_pb2.Sanction:
        """SANCTION-1."""
        return self._door.write(
            request,
            context,
            lambda session, call: wire.sanction(
                open_hearing(
                    session,
                    sanction_id=resource_id(request.name, wire.SANCTIONS),
                    etag=request.etag,
                    rules=self._rules,
                    now=call.now,
                )
            ),
        )

    def BeHeard(self, request: pb.BeHeardRequest, context: Context) -> sanction_pb2.Sanction:
        """SANCTION-1."""
        return self._door.write(
            request,
            context,
            lambda session, call: wire.sanction(
                be_heard(
                    session,
                    sanction_id=resource_id(request.name, wire.SANCTIONS),
                    etag=request.etag,
                    statement=request.statement,
                    caller=call.caller,
                    now=call.now,
                )
            ),
        )

    def ImposeSanction(self, request: pb.ImposeSanctionRequest, context: Context) -> sanction_pb2.Sanction:
        """SANCTION-1."""
        return self._door.write(
            request,
            context,
            lambda session, call: wire.sanction(
                impose_sanction(
                    session,
                    sanction_id=resource_id(request.name, wire.SANCTIONS),
                    etag=request.etag,
                    emergency=request.emergency,
                    rules=self._rules,
                    now=call.now,
                )
            ),
        )

    def WithdrawSanction(self, request: pb.WithdrawSanctionRequest, context: Context) -> sanction_pb2.Sanction:
        """SANCTION-1."""
        return self._door.write(
            request,
            context,
            lambda session, call: wire.sanction(
                withdraw_sanction(
                    session,
                    sanction_id=resource_id(request.name, wire.SANCTIONS),
                    etag=request.etag,
                    now=call.now,
                )
            ),
        )

    def RemedySanction(self, request: pb.RemedySanctionRequest, context: Context) -> sanction_pb2.Sanction:
        """SANCTION-1."""
        return self._door.write(
            request,
            context,
            lambda session, call: wire.sanction(
                remedy_sanction(
                    session,
                    sanction_id=resource_id(request.name, wire.SANCTIONS),
                    etag=request.etag,
                    now=call.now,
                )
            ),
        )

    def EscalateSanction(self, request: pb.EscalateSanctionRequest, context: Context) -> sanction_pb2.Sanction:
        """SANCTION-1."""
        return self._door.write(
            request,
            context,
            lambda session, call: wire.sanction(
                escalate_sanction(
                    session,
                    sanction_id=resource_id(request.name, wire.SANCTIONS),
                    etag=request.etag,
                    measure=wire.measure(request),
                    rules=self._rules,
                    by=call.caller.subject,
                    new_id=call.new_id(),
                    now=call.now,
                )
            ),
        )

    def ListSanctions(self, request: pb.ListSanctionsRequest, context: Context) -> pb.ListSanctionsResponse:
        """A page of sanctions."""
        return self._door.read(
            request, context, lambda session, call: views.list_sanctions(session, request, caller=call.caller)
        )
