"""DeadlineService: what is waited for."""

from typing import Any

from services.careplan.views.deadlines import list_deadlines
from services.chassis.door import Door
from sote.careplan.v1 import deadline_service_pb2 as rpc
from sote.careplan.v1.deadline_service_pb2_grpc import DeadlineServiceServicer


class DeadlineApi(DeadlineServiceServicer):
    """The api of deadlines (PLAN-18)."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def ListDeadlines(self, request: rpc.ListDeadlinesRequest, context: Any) -> rpc.ListDeadlinesResponse:
        """The running deadlines the caller's organisation answers for."""
        return self._door.read(request, context, lambda s, c: list_deadlines(s, request, c.caller))
