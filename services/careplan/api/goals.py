"""GoalService: each method turns the request into one operation."""

from typing import Any

from services.careplan.api.arguments import of_plan
from services.careplan.operations.goals.measure_goal import measure_goal
from services.careplan.wire.plans import goal_measurement as resource
from services.chassis.door import Door
from services.chassis.names import uuid_of
from services.chassis.values import day_of
from sote.careplan.v1 import goal_service_pb2 as rpc
from sote.careplan.v1 import plan_pb2
from sote.careplan.v1.goal_service_pb2_grpc import GoalServiceServicer


class GoalApi(GoalServiceServicer):
    """The api of goals in force (GOAL-1)."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def MeasureGoal(self, request: rpc.MeasureGoalRequest, context: Any) -> plan_pb2.GoalMeasurement:
        """2.8.2."""
        told = of_plan(request) | {
            "goal_id": uuid_of(request.goal_id, "goal_id"),
            "step": request.step,
            "measured_on": day_of(request.measured_date, "measured_date"),
            "note": request.note,
        }
        return self._door.write(
            request,
            context,
            lambda s, c: resource(*measure_goal(s, **told, caller=c.caller, now=c.now, new_id=c.new_id())),
        )
