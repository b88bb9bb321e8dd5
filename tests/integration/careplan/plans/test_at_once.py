"""Many at the same time: one plan of a client, one activation (INV-01, PLAN-6, PLAN-13)."""

from concurrent.futures import ThreadPoolExecutor

import grpc
import pytest

from sote.careplan.v1 import careplan_service_pb2 as rpc
from sote.careplan.v1 import events_pb2, plan_pb2
from tests.builders.careplan.api import Town, told

pytestmark = pytest.mark.integration


def outcomes(town: Town, method: str, requests: list[object], threads: int = 16) -> list[str]:
    def call(request: object) -> str:
        try:
            town.call(method, request)
        except grpc.RpcError as error:
            return told(error)[1]
        return "OK"

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(call, requests))


def test_fifty_draft_a_plan_for_one_client_and_one_does_INV_01(town: Town) -> None:
    client = town.client("ann")
    found = outcomes(town, "DraftPlan", [town.drafting(client) for _ in range(50)])
    assert sorted(set(found)) == ["OK", "OPEN_PLAN_EXISTS"]
    assert found.count("OK") == 1
    (plan,) = town.call("ListPlans", rpc.ListPlansRequest(client_id=client)).plans
    assert plan.state == plan_pb2.PLAN_STATE_DRAFT
    drafted = town.tell(lambda world: world.announced(events_pb2.PlanDrafted))
    assert [one.plan.client_id for one in drafted].count(client) == 1


def test_a_version_comes_into_force_once_PLAN_6_PLAN_13(town: Town) -> None:
    plan = town.drafted("bea", town.line("SOC-FAM-WORK", "OWN", "P01", 5))
    town.call("StartConsultation", rpc.StartConsultationRequest(name=plan.name))
    found = outcomes(town, "ActivatePlan", [rpc.ActivatePlanRequest(name=plan.name) for _ in range(8)])
    assert sorted(found) == ["ILLEGAL_TRANSITION"] * 7 + ["OK"]
    town.call("StartReview", rpc.StartReviewRequest(name=plan.name, cause=plan_pb2.REVIEW_CAUSE_SCHEDULED))
    town.call("StartConsultation", rpc.StartConsultationRequest(name=plan.name))
    found = outcomes(town, "ActivateVersion", [rpc.ActivateVersionRequest(name=plan.name) for _ in range(8)])
    assert sorted(found) == ["ILLEGAL_TRANSITION"] * 7 + ["OK"]
    after = town.call("GetPlan", rpc.GetPlanRequest(name=plan.name))
    assert (after.major, after.minor) == (2, 0)
