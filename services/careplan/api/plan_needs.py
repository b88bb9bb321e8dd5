"""PlanNeedService: who needs a plan and has none."""

from sqlalchemy.orm import Session

from services.careplan.views.plan_needs import list_plans_missing
from services.chassis.clock import helsinki_date
from services.chassis.door import Call, Door, reads
from sote.careplan.v1 import plan_need_service_pb2 as rpc
from sote.careplan.v1.plan_need_service_pb2_grpc import PlanNeedServiceServicer


class PlanNeedApi(PlanNeedServiceServicer):
    """The api of plans that are needed (S2.10)."""

    def __init__(self, door: Door) -> None:
        self._door = door

    @reads
    def ListPlansMissing(
        self, request: rpc.ListPlansMissingRequest, call: Call, session: Session
    ) -> rpc.ListPlansMissingResponse:
        return list_plans_missing(session, request, call.caller, helsinki_date(call.now))
