"""DeadlineService: what is waited for."""

from sqlalchemy.orm import Session

from services.careplan.views.deadlines import list_deadlines
from services.chassis.door import Call, Door, reads
from sote.careplan.v1 import deadline_service_pb2 as rpc
from sote.careplan.v1.deadline_service_pb2_grpc import DeadlineServiceServicer


class DeadlineApi(DeadlineServiceServicer):
    """The api of deadlines (PLAN-18)."""

    def __init__(self, door: Door) -> None:
        self._door = door

    @reads
    def ListDeadlines(
        self, request: rpc.ListDeadlinesRequest, call: Call, session: Session
    ) -> rpc.ListDeadlinesResponse:
        return list_deadlines(session, request, call.caller)
