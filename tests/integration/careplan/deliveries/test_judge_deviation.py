"""Deviations are judged by the operator or the county, and counted for the contract (S1.30)."""

from typing import Any
from uuid import uuid4

import grpc
import pytest

from sote.careplan.v1 import delivery_pb2, events_pb2
from sote.careplan.v1 import deviation_service_pb2 as rpc
from sote.careplan.v1.deviation_service_pb2_grpc import DeviationServiceStub
from sote.careplan.v1.section_pb2 import PlanSection
from sote.type.v1 import section_pb2
from tests.builders.careplan.api import Town, delivering, told

pytestmark = pytest.mark.integration
DENIED, INVALID = "PERMISSION_DENIED", "INVALID_ARGUMENT"


def call(town: Town, method: str, request: Any, by: str = "P01", role: str = "CSW") -> Any:
    who = town.served.as_role(role, organisation=town.id(by) if by != "county" else by)
    return getattr(DeviationServiceStub(town.served.channel), method)(request, metadata=who, timeout=20)


def refused(town: Town, *arguments: Any) -> tuple[str, str]:
    with pytest.raises(grpc.RpcError) as caught:
        call(town, *arguments)
    return told(caught.value)


def reported(town: Town, name: str, **more: Any) -> rpc.Deviation:
    """The newest deviation of P10 from the plan of a client, made by a delivery."""
    town.call("RecordDelivery", delivering(town, name, **more), "P10", "PRV")
    listing = rpc.ListDeviationsRequest(state=delivery_pb2.DEVIATION_STATE_REPORTED)
    found: rpc.Deviation = call(town, "ListDeviations", listing, "P10", "PRV").deviations[-1]
    return found


def adherence(town: Town) -> tuple[int, int, int, int]:
    request = rpc.GetContractAdherenceRequest(contract_id=town.id("K-P10"))
    found = call(town, "GetContractAdherence", request, "county", "CON")
    return found.conforming_deliveries, found.reported, found.justified, found.unjustified


def test_judged_once_and_counted_for_the_contract_S1_30_DEVIATION_2(town: Town) -> None:
    town.active("ann", town.support(1))
    town.call("RecordDelivery", delivering(town, "ann"), "P10", "PRV")
    over = reported(town, "ann")
    assert (over.kind, over.contract_id) == (delivery_pb2.DEVIATION_KIND_OVER_QUANTITY, town.id("K-P10"))
    assert adherence(town) == (1, 1, 0, 0)
    judge = rpc.JudgeDeviationRequest(name=over.name, justified=True, judgement="the family needed it")
    assert refused(town, "JudgeDeviation", judge) == (INVALID, "CAUSE_REQUIRED")
    judge.cause = delivery_pb2.DEVIATION_CAUSE_CLIENT_WISH
    assert refused(town, "JudgeDeviation", judge, "P02", "HOP") == (DENIED, "NOT_THE_OPERATOR")
    judged = call(town, "JudgeDeviation", judge)
    assert (judged.state, judged.cause) == (delivery_pb2.DEVIATION_STATE_JUSTIFIED, judge.cause)
    assert refused(town, "JudgeDeviation", judge) == ("FAILED_PRECONDITION", "ILLEGAL_TRANSITION")
    other = reported(town, "ann", service_code="HLT-OT")
    no = rpc.JudgeDeviationRequest(name=other.name, judgement="nobody asked for it", plan_change=True)
    assert call(town, "JudgeDeviation", no).plan_change
    assert adherence(town) == (1, 0, 1, 1)
    (found,) = town.call("GetSections", section_pb2.GetSectionsRequest(client_ids=[town.id("ann")])).sections
    shown = {one.deviation_id: one.state for one in PlanSection.FromString(found.body).deviations}
    assert shown[over.uid] == delivery_pb2.DEVIATION_STATE_JUSTIFIED
    assert shown[other.uid] == delivery_pb2.DEVIATION_STATE_UNJUSTIFIED
    facts = town.tell(lambda world: world.announced(events_pb2.PlanDeviationJudged))
    assert [(one.kind, one.justified) for one in facts] == [
        (delivery_pb2.DEVIATION_KIND_OVER_QUANTITY, True),
        (delivery_pb2.DEVIATION_KIND_NOT_IN_PLAN, False),
    ]


def test_a_deviation_is_seen_by_who_made_it_the_operator_and_the_county_S1_42(town: Town) -> None:
    plan = town.active("bea", town.support())
    name = reported(town, "bea", service_code="HLT-OT").name
    listing = rpc.ListDeviationsRequest(plan_id=plan.uid)
    for by, role, seen in (("P01", "CSW", [name]), ("P10", "PRV", [name]), ("P02", "HSP", [])):
        assert [one.name for one in call(town, "ListDeviations", listing, by, role).deviations] == seen
    unknown = rpc.JudgeDeviationRequest(name=f"deviations/{uuid4()}", judgement="x")
    assert refused(town, "JudgeDeviation", unknown) == (DENIED, "NOT_THE_OPERATOR")
