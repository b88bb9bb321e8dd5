"""The gRPC methods of WorkService."""

import grpc

from services.chassis.door import Door
from services.package import views
from sote.package.v1 import work_service_pb2 as pb
from sote.package.v1 import work_service_pb2_grpc

Context = grpc.ServicerContext


class WorkApi(work_service_pb2_grpc.WorkServiceServicer):
    """Serves WorkService."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def ListLateEnrolments(
        self, request: pb.ListLateEnrolmentsRequest, context: Context
    ) -> pb.ListLateEnrolmentsResponse:
        """A page of expansions that do not go on."""
        return self._door.read(request, context, lambda session, call: views.list_late_enrolments(session, request))
