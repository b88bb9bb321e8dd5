"""The gRPC methods of CentreService."""

from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id
from services.chassis.values import day_of
from services.provider import views
from services.provider.operations.decide_centre_service import decide_centre_service
from services.provider.operations.end_centre_service import end_centre_service
from services.provider.wire import centres
from sote.provider.v1 import centre_pb2, centre_service_pb2_grpc
from sote.provider.v1 import centre_service_pb2 as pb


class CentreApi(centre_service_pb2_grpc.CentreServiceServicer):
    """Serves CentreService."""

    def __init__(self, door: Door) -> None:
        self._door = door

    @writes
    def DecideCentreService(
        self, request: pb.DecideCentreServiceRequest, call: Call, session: Session
    ) -> centre_pb2.CentreServiceDecision:
        decision = decide_centre_service(
            session,
            terms=centres.decision_terms(request),
            caller=call.caller,
            now=call.now,
            new_id=call.new_id(),
        )
        return centres.decision(decision)

    @writes
    def EndCentreService(
        self, request: pb.EndCentreServiceRequest, call: Call, session: Session
    ) -> centre_pb2.CentreServiceDecision:
        decision = end_centre_service(
            session,
            decision_id=resource_id(request.name, centres.DECISIONS),
            last=day_of(request.to_date, "to_date"),
            etag=request.etag,
            now=call.now,
        )
        return centres.decision(decision)

    @reads
    def ListCentreServiceDecisions(
        self, request: pb.ListCentreServiceDecisionsRequest, call: Call, session: Session
    ) -> pb.ListCentreServiceDecisionsResponse:
        return views.list_centre_decisions(session, request)
