"""The gRPC methods of WorkService."""

from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads
from services.package import views
from sote.package.v1 import work_service_pb2 as pb
from sote.package.v1 import work_service_pb2_grpc


class WorkApi(work_service_pb2_grpc.WorkServiceServicer):
    """Serves WorkService."""

    def __init__(self, door: Door) -> None:
        self._door = door

    @reads
    def ListLateEnrolments(
        self, request: pb.ListLateEnrolmentsRequest, call: Call, session: Session
    ) -> pb.ListLateEnrolmentsResponse:
        return views.list_late_enrolments(session, request)
