"""DeadlineService: statutory limits."""

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id
from services.client.operations.deadlines.end_deadline import end_deadline
from services.client.views import deadlines as views
from services.client.wire.deadlines import deadline as wire
from services.client.wire.values import day_of
from sote.client.v1 import assessment_pb2
from sote.client.v1 import deadline_service_pb2 as pb
from sote.client.v1.deadline_service_pb2_grpc import DeadlineServiceServicer


class DeadlineApi(DeadlineServiceServicer):
    """Serves DeadlineService."""

    def __init__(self, door: Door) -> None:
        self._door = door

    @reads
    def GetDeadline(self, request: pb.GetDeadlineRequest, call: Call, session: Session) -> assessment_pb2.Deadline:
        return views.get_deadline(session, request.name, helsinki_date(call.now))

    @reads
    def ListDeadlines(self, request: pb.ListDeadlinesRequest, call: Call, session: Session) -> pb.ListDeadlinesResponse:
        return views.list_deadlines(session, request, helsinki_date(call.now))

    @writes
    def EndDeadline(self, request: pb.EndDeadlineRequest, call: Call, session: Session) -> assessment_pb2.Deadline:
        ended = end_deadline(
            session,
            deadline_id=resource_id(request.name, "deadlines"),
            end=wire.end_from(request.end),
            day=day_of(request, "ended_date"),
            reason=request.reason,
            caller=call.caller,
            now=call.now,
        )
        return wire.deadline(ended, today=helsinki_date(call.now))
