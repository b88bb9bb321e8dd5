"""A plan changes hands: offered, accepted and committed, or ordered by the county; in races there is one operator."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import grpc
import pytest

from sote.careplan.v1 import careplan_service_pb2 as rpc
from sote.careplan.v1 import events_pb2, plan_pb2
from sote.careplan.v1 import operator_transfer_service_pb2 as transfer_rpc
from sote.careplan.v1.operator_transfer_service_pb2_grpc import OperatorTransferServiceStub
from sote.careplan.v1.section_pb2 import PlanSection
from sote.type.v1 import care_pb2 as care
from sote.type.v1 import section_pb2
from tests.builders.careplan.api import Town, told

pytestmark = pytest.mark.integration
PRECONDITION, DENIED, ABORTED = "FAILED_PRECONDITION", "PERMISSION_DENIED", "ABORTED"
KINDS = {"P01": care.OPERATOR_KIND_COUNTY_ENTERPRISE, "P02": care.OPERATOR_KIND_DIRECT_CHOICE_HSSC}


class Transfers:
    """Short ways to call the transfers of a town."""

    def __init__(self, town: Town) -> None:
        self.town, self.stub = town, OperatorTransferServiceStub(town.served.channel)

    def begin(self, verb: str, plan: plan_pb2.Plan, to: str, by: str = "P01", etag: str = "", **more: Any) -> Any:
        """Offer or order."""
        request = getattr(transfer_rpc, f"{verb}OperatorTransferRequest")
        target: dict[str, Any] = {
            "to_organisation_id": self.town.id(to),
            "to_unit_id": self.town.id(f"U-{to}"),
            "to_kind": KINDS.get(to, care.OPERATOR_KIND_COUNTY_ENTERPRISE),
        }
        return self.call(verb, request(name=plan.name, etag=etag, reason="moved", **target | more), by)

    def act(self, verb: str, transfer: transfer_rpc.OperatorTransfer, by: str, **more: Any) -> Any:
        """Accept, decline, commit or withdraw."""
        request = getattr(transfer_rpc, f"{verb}OperatorTransferRequest")
        return self.call(verb, request(name=transfer.name, **more), by)

    def call(self, verb: str, request: Any, by: str) -> Any:
        """Call as a professional of an organisation."""
        who = self.town.served.as_role("CSW" if by == "P01" else "HOP", organisation=self.town.id(by))
        return getattr(self.stub, f"{verb}OperatorTransfer")(request, metadata=who, timeout=20)

    def refused(self, act: str, *arguments: Any, **more: Any) -> tuple[str, str]:
        """The status code and the reason of a refusal."""
        with pytest.raises(grpc.RpcError) as caught:
            getattr(self, act)(*arguments, **more)
        return told(caught.value)

    def hand_over(self, plan: plan_pb2.Plan, by: str, to: str) -> plan_pb2.Plan:
        """Offer, accept, commit."""
        etag = self.plan(plan).etag
        transfer = self.begin("Offer", plan, to, by, etag)
        self.act("Accept", transfer, to)
        self.act("Commit", transfer, by)
        return self.plan(plan)

    def plan(self, plan: plan_pb2.Plan) -> plan_pb2.Plan:
        """The plan as the county enterprise reads it."""
        found: plan_pb2.Plan = self.town.call("GetPlan", rpc.GetPlanRequest(name=plan.name))
        return found


@pytest.fixture
def transfers(town: Town) -> Transfers:
    return Transfers(town)


def test_offered_accepted_committed_PLAN_15(town: Town, transfers: Transfers) -> None:
    plan = town.active("one", town.support(), town.line("SOC-FAM-WORK", "OWN", "P01", 10))
    transfer = transfers.begin("Offer", plan, "P02")
    assert transfers.refused("begin", "Offer", plan, "P02") == ("ALREADY_EXISTS", "TRANSFER_PENDING")
    assert town.call("GetPlan", rpc.GetPlanRequest(name=plan.name), "P02", "HOP").operator.epoch == 1
    assert transfers.refused("act", "Commit", transfer, "P01") == (PRECONDITION, "ILLEGAL_TRANSITION")
    assert transfers.refused("act", "Accept", transfer, "P01") == (DENIED, "NO_RELATIONSHIP")
    assert transfers.act("Accept", transfer, "P02").state == transfer_rpc.OPERATOR_TRANSFER_STATE_ACCEPTED
    assert transfers.refused("act", "Commit", transfer, "P02") == (DENIED, "NO_RELATIONSHIP")
    assert transfers.refused("act", "Commit", transfer, "P01", etag=transfer.etag) == (ABORTED, "VERSION_CONFLICT")
    done = transfers.act("Commit", transfer, "P01")
    after = transfers.plan(plan)
    assert (done.state, after.operator.organisation_id) == (
        transfer_rpc.OPERATOR_TRANSFER_STATE_COMMITTED,
        town.id("P02"),
    )
    assert (after.operator.epoch, after.state) == (2, plan_pb2.PLAN_STATE_ACTIVE)
    asked = {one.provider_id for one in after.acknowledgements}
    assert asked == {town.id("P10"), town.id("P01")}


def test_a_stale_operators_write_is_refused_INV_02(town: Town, transfers: Transfers) -> None:
    plan = town.active("two", town.support())
    old = transfers.plan(plan).etag
    there = transfers.hand_over(plan, "P01", "P02")
    close = rpc.ClosePlanRequest(name=plan.name, reason=rpc.CLOSE_REASON_NO_NEED, etag=old)
    assert town.refused("ClosePlan", close) == (DENIED, "NOT_THE_OPERATOR")
    again = transfers.hand_over(there, "P02", "P01")
    assert again.operator.epoch == 3
    assert town.refused("ClosePlan", close) == (ABORTED, "STALE_OPERATOR")
    start = rpc.StartReviewRequest(name=plan.name, cause=plan_pb2.REVIEW_CAUSE_SCHEDULED)
    assert town.refused("StartReview", start) == (ABORTED, "STALE_OPERATOR")
    start.etag = again.etag
    assert town.call("StartReview", start).state == plan_pb2.PLAN_STATE_UNDER_REVIEW
    assert town.refused("StartReview", start) == (ABORTED, "VERSION_CONFLICT")


def test_the_county_orders_and_what_was_under_way_ends_S2_13(town: Town, transfers: Transfers) -> None:
    plan = transfers.hand_over(town.active("three", town.support()), "P01", "P02")
    offered = transfers.begin("Offer", plan, "P01", "P02", plan.etag)
    assert transfers.refused("begin", "Order", plan, "P01", "P02") == (DENIED, "NOT_THE_COUNTY")
    assert transfers.refused("begin", "Order", plan, "P01", etag='"1-1"') == (ABORTED, "VERSION_CONFLICT")
    ordered = transfers.begin("Order", plan, "P01")
    assert ordered.ordered
    assert transfers.plan(plan).operator.epoch == 3
    assert transfers.refused("act", "Accept", offered, "P01") == (PRECONDITION, "ILLEGAL_TRANSITION")
    fact = town.tell(lambda world: world.announced(events_pb2.PlanOperatorChanged))[-1]
    assert (fact.ordered, fact.plan.operator_epoch) == (True, 3)
    assert fact.former_operator_organisation_id == town.id("P02")
    (found,) = town.call("GetSections", section_pb2.GetSectionsRequest(client_ids=[town.id("three")])).sections
    assert PlanSection.FromString(found.body).operator.epoch == 3


def test_declined_withdrawn_and_closed_leave_the_operator_PLAN_15(town: Town, transfers: Transfers) -> None:
    plan = town.active("four", town.support())
    first = transfers.begin("Offer", plan, "P02")
    assert transfers.act("Decline", first, "P02", reason="full").end_reason == "full"
    second = transfers.begin("Offer", plan, "P02")
    transfers.act("Accept", second, "P02")
    transfers.act("Withdraw", second, "P01", reason="not yet")
    assert transfers.refused("act", "Commit", second, "P01") == (PRECONDITION, "ILLEGAL_TRANSITION")
    third = transfers.begin("Offer", plan, "P02")
    town.call("ClosePlan", rpc.ClosePlanRequest(name=plan.name, reason=rpc.CLOSE_REASON_NO_NEED))
    assert transfers.refused("act", "Accept", third, "P02") == (PRECONDITION, "ILLEGAL_TRANSITION")
    assert transfers.plan(plan).operator.epoch == 1
    request = transfer_rpc.ListOperatorTransfersRequest(plan_id=plan.uid)
    who = town.served.as_role("HOP", organisation=town.id("P02"))
    ends = sorted(one.state for one in transfers.stub.ListOperatorTransfers(request, metadata=who).transfers)
    withdrawn = transfer_rpc.OPERATOR_TRANSFER_STATE_WITHDRAWN
    assert ends == [transfer_rpc.OPERATOR_TRANSFER_STATE_DECLINED, withdrawn, withdrawn]


def test_to_whom_a_plan_cannot_go_S1_28(town: Town, transfers: Transfers) -> None:
    plan = town.active("five", town.support())
    kind = (PRECONDITION, "OPERATOR_KIND_NOT_ALLOWED")
    assert transfers.refused("begin", "Offer", plan, "P10") == kind
    assert transfers.refused("begin", "Offer", plan, "P01") == (PRECONDITION, "TRANSFER_TO_ITSELF")
    unit = {"to_unit_id": town.id("U-P01")}
    assert transfers.refused("begin", "Offer", plan, "P02", **unit) == (PRECONDITION, "PROVIDER_UNIT_UNKNOWN")
    assert transfers.refused("begin", "Offer", plan, "P01", "P02") == (DENIED, "NOT_THE_OPERATOR")
    unknown = plan_pb2.Plan(name=f"plans/{uuid4()}")
    assert transfers.refused("begin", "Order", unknown, "P02") == (DENIED, "NOT_THE_COUNTY")


def test_commit_withdrawal_order_and_writes_at_once_leave_one_operator_PLAN_15(
    town: Town, transfers: Transfers
) -> None:
    for number in range(4):
        plan = town.active(f"race-{number}", town.support())
        etag = transfers.plan(plan).etag
        transfer = transfers.begin("Offer", plan, "P02", etag=etag)
        transfers.act("Accept", transfer, "P02")

        def race(act: int, plan: plan_pb2.Plan = plan, transfer: Any = transfer, etag: str = etag) -> str:
            try:
                if act == 0:
                    transfers.act("Commit", transfer, "P01")
                elif act == 1:
                    transfers.act("Withdraw", transfer, "P01", reason="no")
                elif act == 2:
                    transfers.begin("Order", plan, "P02")
                else:
                    start = rpc.StartReviewRequest(name=plan.name, cause=plan_pb2.REVIEW_CAUSE_COUNTY, etag=etag)
                    town.call("StartReview", start)
            except grpc.RpcError as error:
                return told(error)[1]
            return "OK"

        with ThreadPoolExecutor(6) as pool:
            outcomes = list(pool.map(race, [0, 1, 2, 0, 1, 3]))
        after = transfers.plan(plan)
        changes = [outcomes[0], outcomes[3], outcomes[2]].count("OK")
        assert changes == after.operator.epoch - 1 == 1
        assert [outcomes[0], outcomes[1], outcomes[3], outcomes[4]].count("OK") <= 1
        assert after.operator.organisation_id == town.id("P02")
