"""The gRPC methods of CentreService."""

import grpc

from services.chassis.door import Door
from services.chassis.names import resource_id
from services.chassis.values import day_of
from services.provider import views
from services.provider.operations.decide_centre_service import decide_centre_service
from services.provider.operations.end_centre_service import end_centre_service
from services.provider.wire import centres
from sote.provider.v1 import centre_pb2, centre_service_pb2_grpc
from sote.provider.v1 import centre_service_pb2 as pb

Context = grpc.ServicerContext


class CentreApi(centre_service_pb2_grpc.CentreServiceServicer):
    """Serves CentreService."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def DecideCentreService(
        self, request: pb.DecideCentreServiceRequest, context: Context
    ) -> centre_pb2.CentreServiceDecision:
        """S1.20."""
        return self._door.write(
            request,
            context,
            lambda session, call: centres.decision(
                decide_centre_service(
                    session,
                    terms=centres.decision_terms(request),
                    caller=call.caller,
                    now=call.now,
                    new_id=call.new_id(),
                )
            ),
        )

    def EndCentreService(
        self, request: pb.EndCentreServiceRequest, context: Context
    ) -> centre_pb2.CentreServiceDecision:
        """S1.20."""
        return self._door.write(
            request,
            context,
            lambda session, call: centres.decision(
                end_centre_service(
                    session,
                    decision_id=resource_id(request.name, centres.DECISIONS),
                    last=day_of(request.to_date, "to_date"),
                    etag=request.etag,
                    now=call.now,
                )
            ),
        )

    def ListCentreServiceDecisions(
        self, request: pb.ListCentreServiceDecisionsRequest, context: Context
    ) -> pb.ListCentreServiceDecisionsResponse:
        """A page of decisions."""
        return self._door.read(request, context, lambda session, call: views.list_centre_decisions(session, request))
