"""Goals of a plan in force are measured on the scale of goal attainment (GOAL-2)."""

from datetime import date
from typing import Any
from uuid import uuid4

import grpc
import pytest

from sote.careplan.v1 import goal_service_pb2 as rpc
from sote.careplan.v1.goal_service_pb2_grpc import GoalServiceStub
from sote.careplan.v1.section_pb2 import PlanSection
from sote.type.v1 import section_pb2
from tests.builders.careplan.api import Town, told
from tests.builders.careplan.county import day

pytestmark = pytest.mark.integration
EARLIER, LATER = day(date(2025, 2, 1)), day(date(2025, 3, 1))


def measure(town: Town, by: str = "P01", **more: Any) -> Any:
    who = town.served.as_role("CSW" if by == "P01" else "HOP", organisation=town.id(by))
    request = rpc.MeasureGoalRequest(**{"step": 0, "measured_date": EARLIER} | more)
    return GoalServiceStub(town.served.channel).MeasureGoal(request, metadata=who, timeout=20)


def refused(town: Town, by: str = "P01", **more: Any) -> tuple[str, str]:
    with pytest.raises(grpc.RpcError) as caught:
        measure(town, by, **more)
    return told(caught.value)


def test_a_goal_is_measured_until_it_is_attained_GOAL_2(town: Town) -> None:
    plan = town.active("ann", town.support())
    goal = {"name": plan.name, "goal_id": plan.goals[0].goal_id}
    assert not measure(town, **goal).attained
    assert measure(town, **goal, step=1, measured_date=LATER, note="goes by bus alone").attained
    (found,) = town.call("GetSections", section_pb2.GetSectionsRequest(client_ids=[town.id("ann")])).sections
    shown = PlanSection.FromString(found.body).measurements
    assert [(one.step, one.attained, one.note) for one in shown] == [(1, True, "goes by bus alone"), (0, False, "")]


def test_what_is_not_measured_GOAL_2(town: Town) -> None:
    plan, draft = town.active("bea", town.support()), town.drafted("cid", town.support())
    goal = {"name": plan.name, "goal_id": plan.goals[0].goal_id}
    assert refused(town, "P02", **goal) == ("PERMISSION_DENIED", "NOT_THE_OPERATOR")
    assert refused(town, **goal | {"goal_id": str(uuid4())}) == ("NOT_FOUND", "GOAL_UNKNOWN")
    assert refused(town, **goal, step=3) == ("INVALID_ARGUMENT", "INVALID_REQUEST")
    future = day(date(2099, 1, 1))
    assert refused(town, **goal, measured_date=future) == ("FAILED_PRECONDITION", "MEASURED_IN_FUTURE")
    early = {"name": draft.name, "goal_id": draft.draft.goals[0].goal_id}
    assert refused(town, **early) == ("FAILED_PRECONDITION", "ILLEGAL_TRANSITION")
