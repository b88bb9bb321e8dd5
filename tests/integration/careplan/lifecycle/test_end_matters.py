"""What a plan does when its client leaves the register, and comes back (process D)."""

from datetime import date
from uuid import uuid4

import pytest

from services.careplan.domain.chains.chain_step import Asked, ChainStep, Urgency
from services.careplan.domain.lifecycle.refusals import ClientClosed
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.terms import ReviewCause
from services.careplan.operations.chains.draft_chain_step import draft_chain_step
from services.careplan.operations.chains.send_chain_step import send_chain_step
from services.careplan.operations.lifecycle.start_review import start_review
from services.kernel.care import NeedDomain
from sote.careplan.v1 import events_pb2 as facts
from sote.client.v1 import client_pb2
from sote.client.v1 import events_pb2 as client
from sote.provider.v1 import clause_pb2
from sote.provider.v1 import events_pb2 as provider
from tests.builders.careplan import acts, searches
from tests.builders.careplan.county import World, day

pytestmark = pytest.mark.integration
GONE = {
    "MOVED": (client.ClientMovedOut, client_pb2.CLIENT_STATE_MOVED_OUT, "moved_date"),
    "DECEASED": (client.ClientDeceased, client_pb2.CLIENT_STATE_DECEASED, "deceased_date"),
    "MERGED": (client.ClientMerged, client_pb2.CLIENT_STATE_MERGED, ""),
}
DIED, TOLD = date(2025, 9, 17), date(2025, 9, 19)


def review(world: World, plan: Plan) -> None:
    cause = ReviewCause.NEED_CHANGED
    start_review(world.session, plan_id=plan.id, etag="", cause=cause, caller=world.caller("P01"), now=world.now)


def leave(world: World, how: str = "DECEASED", version: int = 2) -> None:
    """The register tells that the client is gone."""
    kind, state, when = GONE[how]
    told = client.ClientFacts(client_id=str(world.id("child")), state=state, version=version)
    world.hear(kind(client=told, **({when: day(DIED)} if when else {})))


def step_to_the_eye_clinic(world: World) -> ChainStep:
    """A step that is sent and not answered."""
    clauses = [clause_pb2.ClauseFacts(code="REFERRAL")]
    for name in ("P01", "P07"):
        world.hear(provider.ContractLineChanged(contract=world.contract_facts(name, 5, clauses=clauses)))
    asked = Asked(world.id("child"), world.id("P07"), "HLT-OT", NeedDomain.PHYSICAL_HEALTH, Urgency.ROUTINE, "eyes?")
    who = world.caller("P01")
    step = draft_chain_step(world.session, asked=asked, chain_id=None, caller=who, now=world.now, new_id=uuid4)
    return send_chain_step(world.session, step_id=step.id, etag="", rules=world.rules, caller=who, now=world.now)


def come_back(world: World, version: int = 3) -> None:
    """The register corrects itself."""
    told = client.ClientFacts(client_id=str(world.id("child")), state=client_pb2.CLIENT_STATE_ACTIVE, version=version)
    world.hear(client.ClientStatusCorrected(client=told, wrong_state=client_pb2.CLIENT_STATE_DECEASED))


@pytest.mark.parametrize("how", list(GONE))
def test_the_plan_closes_with_the_day_whatever_is_going_on_PROCESS_D4(world: World, how: str) -> None:
    plan = acts.active_plan(world, [acts.support(world), acts.own_work(world), acts.home_help(world)])
    world.at(date(2025, 5, 5))
    acts.deliver(world, acts.given(world, "SOC-FAM-SUPP", "P10"))
    step = step_to_the_eye_clinic(world)
    review(world, plan)
    for _ in range(2):
        leave(world.at(TOLD), how)
    assert (plan.state.value, plan.last_reason) == ("CLOSED", how)
    assert plan.ended_on == (TOLD if how == "MERGED" else DIED)
    states = {one.service_code: one.state.value for one in plan.services}
    assert states == {"SOC-FAM-SUPP": "COMPLETED", "SOC-FAM-WORK": "CANCELLED", "SOC-FAM-HOME": "CANCELLED"}
    assert (step.state.value, step.reason) == ("CANCELLED", how)
    (closed,) = world.announced(facts.PlanClosed)
    assert closed.end_date == day(plan.ended_on)
    assert len(world.announced(facts.PlanReviewCancelled)) == len(world.announced(facts.ChainCancelled)) == 1


def test_what_was_recorded_for_days_after_the_death_becomes_a_deviation_PROCESS_D2(world: World) -> None:
    plan = searches.inpatient(world)
    acts.service_of(plan, searches.INPATIENT).to_date = date(2025, 12, 31)
    world.at(TOLD)
    days = [date(2025, 9, 16), DIED, date(2025, 9, 18), TOLD]
    given = [acts.deliver(world, acts.given(world, searches.INPATIENT, "P08", one))[0] for one in days]
    assert all(one.conforms for one in given)
    leave(world)
    assert [one.conforms for one in given] == [True, True, False, False]
    assert (acts.service_of(plan, searches.INPATIENT).units_delivered, plan.ended_on) == (2, DIED)
    assert len(world.announced(facts.PlanDeviationReported)) == 2


def test_a_plan_that_never_came_into_force_is_cancelled_PLAN_17(world: World) -> None:
    world.assess()
    plan = acts.edit(world, acts.draft(world), [acts.support(world)])
    acts.consult(world, plan)
    leave(world)
    assert (plan.state.value, plan.last_reason) == ("CANCELLED", "DECEASED")


def test_searches_are_closed_PROCESS_D4(world: World) -> None:
    plan = searches.inpatient(world)
    searches.leave(world, plan)
    leave(world)
    assert searches.only(world).state.value == "CLOSED"
    assert len(world.announced(facts.RerouteClosed)) == 1


def test_nothing_that_ended_opens_again_and_a_new_plan_takes_it_up_PROCESS_D8(world: World) -> None:
    plan = acts.active_plan(world, [acts.support(world), acts.home_help(world), acts.doctor(world)])
    world.at(date(2025, 5, 5))
    leave(world)
    with pytest.raises(ClientClosed):
        acts.draft(world)
    come_back(world)
    assert plan.state.value == "CLOSED"
    again = acts.draft(world, predecessor_id=plan.id)
    assert again.predecessor_id == plan.id
    assert again.drawn_up().goals == plan.goals
    lines = {one.service_code: one for one in again.drawn_up().services}
    assert set(lines) == {"SOC-FAM-SUPP", "SOC-FAM-HOME", "HLT-GP"}
    assert lines["SOC-FAM-SUPP"].provider_id == world.id("P10")
    assert (lines["SOC-FAM-HOME"].provider_id, lines["SOC-FAM-HOME"].from_date) == (None, date(2025, 5, 5))
    assert {one.plan_service_id for one in lines.values()}.isdisjoint({one.id for one in plan.services})
    acts.edit(world, again)
    for request in acts.consult(world, again):
        acts.answer(world, request)
    assert acts.activate(world, again).state.value == "ACTIVE"


def test_news_that_were_overtaken_by_the_correction_close_nothing_INV_16(world: World) -> None:
    plan = acts.active_plan(world, [acts.support(world)])
    come_back(world, version=3)
    leave(world, version=2)
    assert plan.state.value == "ACTIVE"


def test_a_death_heard_after_newer_news_of_the_same_state_still_closes_INV_16(world: World) -> None:
    plan = acts.active_plan(world, [acts.support(world)])
    told = client.ClientFacts(client_id=str(world.id("child")), state=client_pb2.CLIENT_STATE_DECEASED, version=9)
    world.hear(client.ClientAttentionChanged(client=told))
    leave(world, version=2)
    assert (plan.state.value, plan.ended_on) == ("CLOSED", DIED)
