"""PauseService: planned services rest while the client is away."""

from sqlalchemy.orm import Session

from services.careplan.api.plans import PLANS
from services.careplan.operations.pauses.resume_plan_service import resume_plan_service
from services.careplan.operations.pauses.suspend_plan_service import suspend_plan_service
from services.careplan.views.plans import show_plan
from services.chassis.door import Call, Door, writes
from services.chassis.names import resource_id, uuid_of
from services.chassis.values import day_of
from sote.careplan.v1 import pause_service_pb2 as rpc
from sote.careplan.v1 import plan_pb2
from sote.careplan.v1.pause_service_pb2_grpc import PauseServiceServicer


class PauseApi(PauseServiceServicer):
    """The api of pauses of planned services (PLANSERVICE-4)."""

    def __init__(self, door: Door) -> None:
        self._door = door

    @writes
    def SuspendPlanService(self, request: rpc.SuspendPlanServiceRequest, call: Call, session: Session) -> plan_pb2.Plan:
        plan = suspend_plan_service(
            session,
            plan_id=resource_id(request.name, PLANS),
            plan_service_id=uuid_of(request.plan_service_id, "plan_service_id"),
            etag=request.etag,
            from_date=day_of(request.from_date, "from_date"),
            caller=call.caller,
            now=call.now,
            new_id=call.new_id,
        )
        return show_plan(session, plan)

    @writes
    def ResumePlanService(self, request: rpc.ResumePlanServiceRequest, call: Call, session: Session) -> plan_pb2.Plan:
        plan = resume_plan_service(
            session,
            plan_id=resource_id(request.name, PLANS),
            plan_service_id=uuid_of(request.plan_service_id, "plan_service_id"),
            etag=request.etag,
            resumed_date=day_of(request.resumed_date, "resumed_date"),
            caller=call.caller,
            now=call.now,
        )
        return show_plan(session, plan)
