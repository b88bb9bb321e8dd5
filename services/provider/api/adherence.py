"""The gRPC methods of AdherenceService."""

import grpc

from services.chassis.door import Door
from services.provider import views
from sote.provider.v1 import adherence_service_pb2 as pb
from sote.provider.v1 import adherence_service_pb2_grpc

Context = grpc.ServicerContext


class AdherenceApi(adherence_service_pb2_grpc.AdherenceServiceServicer):
    """Serves AdherenceService."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def ListAdherence(self, request: pb.ListAdherenceRequest, context: Context) -> pb.ListAdherenceResponse:
        """What counts against a contract."""
        return self._door.read(
            request, context, lambda session, call: views.list_adherence(session, request, caller=call.caller)
        )
