"""What a plan does when its client leaves, comes back, or a package comes to nothing
(saga D, PLAN-16, PLAN-17, PROCESS-B5, ENROLMENT-7)."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from services.careplan.domain.chains.chain_step import Asked, ChainStep, Urgency
from services.careplan.domain.lifecycle.refusals import ClientClosed, PredecessorNotAllowed
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.terms import ReviewCause
from services.careplan.operations.chains.draft_chain_step import draft_chain_step
from services.careplan.operations.chains.send_chain_step import send_chain_step
from services.careplan.operations.lifecycle.start_review import start_review
from services.careplan.storage.plan_versions import find_version
from services.kernel.care import Arrangement, NeedDomain
from sote.careplan.v1 import events_pb2 as facts
from sote.client.v1 import client_pb2
from sote.client.v1 import events_pb2 as client
from sote.package.v1 import events_pb2 as package
from sote.provider.v1 import clause_pb2
from sote.provider.v1 import events_pb2 as provider
from tests.builders.careplan import acts, searches
from tests.builders.careplan.county import World, day

pytestmark = pytest.mark.integration
DIED, TOLD = date(2025, 9, 17), date(2025, 9, 19)
GONE = {
    "MOVED": (client.ClientMovedOut, client_pb2.CLIENT_STATE_MOVED_OUT, "moved_date"),
    "DECEASED": (client.ClientDeceased, client_pb2.CLIENT_STATE_DECEASED, "deceased_date"),
    "MERGED": (client.ClientMerged, client_pb2.CLIENT_STATE_MERGED, ""),
}


def leave(world: World, how: str = "DECEASED", version: int = 2) -> None:
    """The register tells that the client is gone."""
    kind, state, when = GONE[how]
    told = client.ClientFacts(client_id=str(world.id("child")), state=state, version=version)
    world.hear(kind(client=told, **({when: day(DIED)} if when else {})))


def come_back(world: World, version: int = 3) -> None:
    """The register corrects itself."""
    told = client.ClientFacts(client_id=str(world.id("child")), state=client_pb2.CLIENT_STATE_ACTIVE, version=version)
    world.hear(client.ClientStatusCorrected(client=told, wrong_state=client_pb2.CLIENT_STATE_DECEASED))


def review(world: World, plan: Plan) -> None:
    cause = ReviewCause.NEED_CHANGED
    start_review(world.session, plan_id=plan.id, etag="", cause=cause, caller=world.caller("P01"), now=world.now)


def step_to_the_eye_clinic(world: World) -> ChainStep:
    """A step that is sent and not answered."""
    clauses = [clause_pb2.ClauseFacts(code="REFERRAL")]
    for name in ("P01", "P07"):
        world.hear(provider.ContractLineChanged(contract=world.contract_facts(name, 5, clauses=clauses)))
    asked = Asked(world.id("child"), world.id("P07"), "HLT-OT", NeedDomain.PHYSICAL_HEALTH, Urgency.ROUTINE, "eyes?")
    who = world.caller("P01")
    step = draft_chain_step(world.session, asked=asked, chain_id=None, caller=who, now=world.now, new_id=uuid4)
    return send_chain_step(world.session, step_id=step.id, etag="", rules=world.rules, caller=who, now=world.now)


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


def test_a_plan_takes_up_no_open_plan_and_nobody_elses_PROCESS_D8(world: World) -> None:
    plan = acts.active_plan(world, [acts.support(world)])
    world.assess("other")
    for predecessor in (plan.id, uuid4()):
        with pytest.raises(PredecessorNotAllowed):
            acts.draft(world, "other", predecessor_id=predecessor)


def end(world: World, how: str = "Withdrawn") -> None:
    """The enrolment comes to nothing."""
    told = world.enrolment(version=9, state=how.upper())
    world.hear(getattr(package, f"Enrolment{how}")(enrolment=told))


def codes(lines: Any) -> set[str]:
    return {one.service_code for one in lines}


@pytest.mark.parametrize("how", ["Failed", "Withdrawn", "Cancelled"])
def test_items_leave_the_draft_and_what_stood_before_stays_PROCESS_B5(world: World, how: str) -> None:
    world.assess()
    plan = acts.edit(world, acts.draft(world), [acts.doctor(world), acts.support(world)])
    linked = plan.drawn_up().services[1].plan_service_id
    world.hear(package.EnrolmentExpanding(enrolment=world.enrolment()))
    assert len(plan.drawn_up().services) == 7
    acts.consult(world, plan)
    for _ in range(2):
        end(world, how)
    assert (plan.state.value, codes(plan.drawn_up().services)) == ("DRAFT", {"HLT-GP", "SOC-FAM-SUPP"})
    line = plan.drawn_up().line(linked)
    assert line is not None
    assert (line.enrolment_id, line.item_code) == (None, "")
    assert len(world.announced(facts.EnrolmentItemsRemoved)) == 1


def test_a_review_that_was_only_for_the_package_is_discarded_INV_19(world: World) -> None:
    plan = acts.active_plan(world, [acts.support(world)])
    before = plan.in_force()
    world.hear(package.EnrolmentExpanding(enrolment=world.enrolment()))
    assert plan.state.value == "UNDER_REVIEW"
    end(world, "Failed")
    assert (plan.state.value, plan.in_force(), plan.version_number) == ("ACTIVE", before, "1.0")
    assert len(world.announced(facts.PlanReviewCancelled)) == 1


def test_items_in_force_are_cancelled_by_a_minor_version_those_by_voucher_with_it_ENROLMENT_7(world: World) -> None:
    plan = acts.active_plan(world, [acts.support(world)])
    world.hear(package.EnrolmentExpanding(enrolment=world.enrolment()))
    for request in acts.consult(world, plan):
        acts.answer(world, request)
    acts.activate(world, plan, first=False)
    searches.tell(world, plan, "Issued", 1, "ISSUED", code="SOC-FAM-HOME")
    searches.tell(world, plan, "Reserved", 2, "RESERVED", "P05", code="SOC-FAM-HOME")
    before = plan.minor
    end(world)
    assert codes(plan.in_force().services) == {"SOC-FAM-SUPP", "SOC-FAM-HOME"}
    assert plan.minor == before + 1
    kept = acts.service_of(plan, "SOC-FAM-SUPP")
    assert (kept.enrolment_id, kept.state.value) == (None, "ASSIGNED")
    searches.tell(world, plan, "Revoked", 3, "REVOKED", code="SOC-FAM-HOME")
    assert codes(plan.in_force().services) == {"SOC-FAM-SUPP"}
    version = find_version(world.session, plan.id, plan.major, plan.minor)
    assert version is not None
    assert version.content.line(kept.id) == kept.line()


def test_an_enrolment_that_asked_nothing_of_the_plan_changes_nothing_PROCESS_B3(world: World) -> None:
    plan = acts.active_plan(world, [acts.wish(world, "SOC-FAM-WORK", Arrangement.OWN, "P01", 32)])
    told = world.facts()
    end(world)
    assert (plan.version_number, world.facts()) == ("1.0", told)
