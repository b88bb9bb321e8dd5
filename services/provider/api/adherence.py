"""The gRPC methods of AdherenceService."""

from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads
from services.provider import views
from sote.provider.v1 import adherence_service_pb2 as pb
from sote.provider.v1 import adherence_service_pb2_grpc


class AdherenceApi(adherence_service_pb2_grpc.AdherenceServiceServicer):
    """Serves AdherenceService."""

    def __init__(self, door: Door) -> None:
        self._door = door

    @reads
    def ListAdherence(self, request: pb.ListAdherenceRequest, call: Call, session: Session) -> pb.ListAdherenceResponse:
        return views.list_adherence(session, request, caller=call.caller)
