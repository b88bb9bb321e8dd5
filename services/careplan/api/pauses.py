"""PauseService: each method turns the request into one operation."""

from typing import Any

from services.careplan.api.arguments import of_plan
from services.careplan.operations.pauses.resume_plan_service import resume_plan_service
from services.careplan.operations.pauses.suspend_plan_service import suspend_plan_service
from services.careplan.views.plans import show_plan
from services.chassis.door import Door
from services.chassis.names import uuid_of
from services.chassis.values import day_of
from sote.careplan.v1 import pause_service_pb2 as rpc
from sote.careplan.v1.pause_service_pb2_grpc import PauseServiceServicer
from sote.careplan.v1.plan_pb2 import Plan


class PauseApi(PauseServiceServicer):
    """The api of pauses of planned services (PLANSERVICE-4)."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def SuspendPlanService(self, request: rpc.SuspendPlanServiceRequest, context: Any) -> Plan:
        """3.3.2."""
        told = of_plan(request) | {
            "plan_service_id": uuid_of(request.plan_service_id, "plan_service_id"),
            "from_date": day_of(request.from_date, "from_date"),
        }
        return self._door.write(
            request,
            context,
            lambda s, c: show_plan(s, suspend_plan_service(s, **told, caller=c.caller, now=c.now, new_id=c.new_id)),
        )

    def ResumePlanService(self, request: rpc.ResumePlanServiceRequest, context: Any) -> Plan:
        """3.3.2."""
        told = of_plan(request) | {
            "plan_service_id": uuid_of(request.plan_service_id, "plan_service_id"),
            "resumed_date": day_of(request.resumed_date, "resumed_date"),
        }
        return self._door.write(
            request, context, lambda s, c: show_plan(s, resume_plan_service(s, **told, caller=c.caller, now=c.now))
        )
