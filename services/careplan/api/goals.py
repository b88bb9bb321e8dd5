"""GoalService: goals of a plan in force are measured."""

from sqlalchemy.orm import Session

from services.careplan.api.plans import PLANS
from services.careplan.operations.goals.measure_goal import measure_goal
from services.careplan.wire.plans import goal_measurement as resource
from services.chassis.door import Call, Door, writes
from services.chassis.names import resource_id, uuid_of
from services.chassis.values import day_of
from sote.careplan.v1 import goal_service_pb2 as rpc
from sote.careplan.v1 import plan_pb2
from sote.careplan.v1.goal_service_pb2_grpc import GoalServiceServicer


class GoalApi(GoalServiceServicer):
    """The api of goals in force (GOAL-1)."""

    def __init__(self, door: Door) -> None:
        self._door = door

    @writes
    def MeasureGoal(self, request: rpc.MeasureGoalRequest, call: Call, session: Session) -> plan_pb2.GoalMeasurement:
        measurement, plan = measure_goal(
            session,
            plan_id=resource_id(request.name, PLANS),
            etag=request.etag,
            goal_id=uuid_of(request.goal_id, "goal_id"),
            step=request.step,
            measured_on=day_of(request.measured_date, "measured_date"),
            note=request.note,
            caller=call.caller,
            now=call.now,
            new_id=call.new_id(),
        )
        return resource(measurement, plan)
