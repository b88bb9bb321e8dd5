"""The hospital stay of story 6: days of a pause are not planned, whoever records them and whenever (PLANSERVICE-4)."""

from datetime import date
from typing import Any
from uuid import uuid4

import grpc
import pytest

from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.refusals import NotTheOperator
from services.careplan.operations.pauses.resume_plan_service import resume_plan_service
from services.careplan.operations.pauses.suspend_plan_service import suspend_plan_service
from services.chassis.sections import read_sections
from sote.careplan.v1 import delivery_pb2, plan_pb2
from sote.careplan.v1 import events_pb2 as facts
from sote.careplan.v1 import pause_service_pb2 as rpc
from sote.careplan.v1.pause_service_pb2_grpc import PauseServiceStub
from sote.careplan.v1.section_pb2 import PlanSection
from tests.builders.careplan import acts, searches
from tests.builders.careplan.api import Town, told
from tests.builders.careplan.county import World, day
from tests.builders.careplan.searches import INPATIENT, leave, only, tell

pytestmark = pytest.mark.integration
AWAY, BACK, LATER = date(2025, 5, 5), date(2025, 5, 14), date(2025, 5, 20)


def suspend(world: World, plan: Plan, code: str = INPATIENT, day_away: date = AWAY, by: str = "P01") -> None:
    suspend_plan_service(
        world.session,
        plan_id=plan.id,
        plan_service_id=acts.service_of(plan, code).id,
        etag="",
        from_date=day_away,
        caller=world.caller(by),
        now=world.now,
        new_id=uuid4,
    )


def resume(world: World, plan: Plan, code: str = INPATIENT, day_back: date = BACK) -> None:
    service_id = acts.service_of(plan, code).id
    told_of: dict[str, Any] = {"plan_id": plan.id, "plan_service_id": service_id, "etag": "", "resumed_date": day_back}
    resume_plan_service(world.session, **told_of, caller=world.caller("P01"), now=world.now)


def test_nine_days_in_hospital_are_not_in_the_plan_PLANSERVICE_4(world: World) -> None:
    plan = searches.inpatient(world)
    service = acts.service_of(plan, INPATIENT)
    suspend(world.at(AWAY), plan)
    assert service.state.value == "SUSPENDED"
    (row,) = read_sections(world.session, [world.id("child")])
    shown = {one.service_code: one for one in PlanSection.FromString(row.body).services}
    assert shown[INPATIENT].resting_from_date == day(AWAY)
    assert not shown["SOC-FAM-SUPP"].HasField("resting_from_date")
    resume(world.at(BACK), plan)
    assert service.state.value == "ACKNOWLEDGED"
    world.at(LATER)
    days = [date(2025, 5, 4), AWAY, date(2025, 5, 13), BACK]
    conforming = [acts.deliver(world, acts.given(world, INPATIENT, "P08", one))[0].conforms for one in days]
    assert (conforming, service.units_delivered, service.state.value) == ([True, False, False, True], 2, "IN_DELIVERY")
    (suspended,) = world.announced(facts.PlanServiceSuspended)
    (resumed,) = world.announced(facts.PlanServiceResumed)
    assert (suspended.from_date, suspended.plan_service_id) == (day(AWAY), str(service.id))
    assert (resumed.from_date, resumed.resumed_date) == (day(AWAY), day(BACK))
    (states,) = [one.state for one in suspended.plan.services if one.plan_service_id == str(service.id)]
    assert states == plan_pb2.PLAN_SERVICE_STATE_SUSPENDED


def test_what_was_recorded_before_the_absence_was_known_becomes_a_deviation_PLANSERVICE_4(world: World) -> None:
    plan = searches.inpatient(world)
    service = acts.service_of(plan, INPATIENT)
    world.at(LATER)
    for one in (date(2025, 5, 4), AWAY, date(2025, 5, 6)):
        acts.deliver(world, acts.given(world, INPATIENT, "P08", one))
    suspend(world, plan)
    assert (service.units_delivered, len(world.announced(facts.PlanDeviationReported))) == (1, 2)
    kinds = {one.kind for one in world.announced(facts.PlanDeviationReported)}
    assert kinds == {delivery_pb2.DEVIATION_KIND_NOT_IN_PLAN}


def test_a_service_that_rests_and_is_lost_rests_no_longer_PLANSERVICE_4(world: World) -> None:
    plan = searches.inpatient(world)
    suspend(world, plan, day_away=date(2025, 4, 10))
    leave(world, plan)
    assert (acts.service_of(plan, INPATIENT).state.value, only(world).state.value) == ("REROUTE", "OPEN")
    assert len(world.announced(facts.PlanServiceResumed)) == 1
    tell(world, plan, "Reserved", 5, "RESERVED", "P09")
    delivery, _ = acts.deliver(world.at(BACK), acts.given(world, INPATIENT, "P09", BACK))
    assert delivery.conforms


def test_a_voucher_is_settled_while_the_client_is_away_PLANSERVICE_4(world: World) -> None:
    plan = searches.inpatient(world)
    suspend(world, plan, day_away=date(2025, 4, 10))
    tell(world, plan, "Settled", 9, "SETTLED", "P08")
    assert acts.service_of(plan, INPATIENT).state.value == "COMPLETED"


def test_others_than_the_operator_and_the_county_pause_nothing_INV_02(world: World) -> None:
    plan = searches.inpatient(world)
    with pytest.raises(NotTheOperator):
        suspend(world, plan, by="P08")


def test_pauses_by_the_api_PLANSERVICE_4(town: Town) -> None:
    plan = town.active("patient", town.support())
    service_id = plan.services[0].line.plan_service_id
    stub, who = PauseServiceStub(town.served.channel), town.served.as_role("CSW", organisation=town.id("P01"))
    rest = rpc.SuspendPlanServiceRequest(name=plan.name, plan_service_id=service_id, from_date=day(AWAY))
    rested = stub.SuspendPlanService(rest, metadata=who, timeout=20)
    assert rested.services[0].state == plan_pb2.PLAN_SERVICE_STATE_SUSPENDED
    go_on = rpc.ResumePlanServiceRequest(name=plan.name, plan_service_id=service_id, resumed_date=day(date(2025, 5, 4)))
    with pytest.raises(grpc.RpcError) as early:
        stub.ResumePlanService(go_on, metadata=who, timeout=20)
    assert told(early.value) == ("INVALID_ARGUMENT", "RESUMED_TOO_EARLY")
    go_on.resumed_date.CopyFrom(day(BACK))
    assert stub.ResumePlanService(go_on, metadata=who, timeout=20).services[0].state == (
        plan_pb2.PLAN_SERVICE_STATE_ASSIGNED
    )
    for away, refusal in (
        (date(2025, 5, 13), ("FAILED_PRECONDITION", "PAUSE_OVERLAPS")),
        (date(2026, 1, 1), ("INVALID_ARGUMENT", "PAUSE_OUTSIDE_PERIOD")),
    ):
        again = rpc.SuspendPlanServiceRequest(name=plan.name, plan_service_id=service_id, from_date=day(away))
        with pytest.raises(grpc.RpcError) as refused:
            stub.SuspendPlanService(again, metadata=who, timeout=20)
        assert told(refused.value) == refusal
