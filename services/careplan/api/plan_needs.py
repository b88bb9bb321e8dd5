"""PlanNeedService: who needs a plan and has none."""

from typing import Any

from services.careplan.views.plan_needs import list_plans_missing
from services.chassis.clock import helsinki_date
from services.chassis.door import Door
from sote.careplan.v1 import plan_need_service_pb2 as rpc
from sote.careplan.v1.plan_need_service_pb2_grpc import PlanNeedServiceServicer


class PlanNeedApi(PlanNeedServiceServicer):
    """The api of plans that are needed (S2.10)."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def ListPlansMissing(self, request: rpc.ListPlansMissingRequest, context: Any) -> rpc.ListPlansMissingResponse:
        """Clients who need a plan and have none."""
        return self._door.read(
            request, context, lambda s, c: list_plans_missing(s, request, c.caller, helsinki_date(c.now))
        )
