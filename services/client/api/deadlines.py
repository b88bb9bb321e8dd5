"""DeadlineService: statutory limits."""

from services.chassis.clock import helsinki_date
from services.chassis.door import Door
from services.chassis.names import resource_id
from services.client.api.base import Context
from services.client.operations.deadlines.end_deadline import end_deadline
from services.client.views import deadlines as views
from services.client.wire.deadlines.deadline import deadline as resource
from services.client.wire.deadlines.deadline import end_of
from services.client.wire.values import day_of
from sote.client.v1 import assessment_pb2
from sote.client.v1 import deadline_service_pb2 as pb
from sote.client.v1.deadline_service_pb2_grpc import DeadlineServiceServicer


class DeadlineApi(DeadlineServiceServicer):
    """Serves DeadlineService."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def GetDeadline(self, request: pb.GetDeadlineRequest, context: Context) -> assessment_pb2.Deadline:
        """A limit."""
        return self._door.read(
            request,
            context,
            lambda session, call: views.get_deadline(session, request.name, helsinki_date(call.now)),
        )

    def ListDeadlines(self, request: pb.ListDeadlinesRequest, context: Context) -> pb.ListDeadlinesResponse:
        """The work list."""
        return self._door.read(
            request,
            context,
            lambda session, call: views.list_deadlines(session, request, helsinki_date(call.now)),
        )

    def EndDeadline(self, request: pb.EndDeadlineRequest, context: Context) -> assessment_pb2.Deadline:
        """2.6."""
        return self._door.write(
            request,
            context,
            lambda session, call: resource(
                end_deadline(
                    session,
                    deadline_id=resource_id(request.name, "deadlines"),
                    end=end_of(request.end),
                    day=day_of(request, "ended_date"),
                    reason=request.reason,
                    caller=call.caller,
                    now=call.now,
                ),
                today=helsinki_date(call.now),
            ),
        )
