"""A planned service whose provider is lost gets another, or the old one back, or the county (process C, INV-20)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from services.careplan.domain.deadlines.deadline import Subject
from services.careplan.domain.deliveries.delivery import DeviationKind
from services.careplan.domain.plans.refusals import NoActiveContract
from services.careplan.domain.terms import ReviewCause
from services.careplan.operations.lifecycle.start_review import start_review
from services.careplan.operations.searches.pass_reroutes_due import close_handed_over, pass_reroutes_due
from services.careplan.storage import deadlines
from services.careplan.storage.searches.reroute_cases import reroute_case_table
from services.chassis.sections import read_sections
from services.kernel.care import Arrangement
from sote.careplan.v1 import events_pb2 as facts
from sote.careplan.v1 import reroute_pb2
from sote.careplan.v1.section_pb2 import PlanSection
from sote.provider.v1 import clause_pb2, contract_pb2
from sote.provider.v1 import events_pb2 as provider
from sote.voucher.v1 import events_pb2 as voucher
from tests.builders.careplan import acts
from tests.builders.careplan import searches as search_world
from tests.builders.careplan.county import World, day
from tests.builders.careplan.searches import INPATIENT, SUPPORT, cases, leave, look, only, tell

pytestmark = pytest.mark.integration
THURSDAY = date(2025, 4, 10)


def suspend(world: World, who: str, state: str = "SUSPENDED", version: int = 2, **more: Any) -> None:
    """A provider's contract is no longer in force, and the timer looks."""
    world.hear(provider.ContractSuspended(contract=world.ended_contract(who, state, version, **more)))
    look(world)


def test_a_voucher_that_loses_its_provider_opens_one_search_PROCESS_C3_PROCESS_C5(world: World) -> None:
    plan = search_world.inpatient(world)
    service, before = acts.service_of(plan, INPATIENT), plan.minor
    leave(world, plan)
    assert (service.state.value, service.provider_id, plan.minor) == ("REROUTE", None, before + 1)
    case = only(world)
    assert (case.state.value, case.due, case.cut_off) == ("OPEN", date(2025, 4, 15), date(2025, 4, 14))
    (told,) = world.announced(facts.RerouteOpened)
    assert (told.reroute_case.version, told.reroute_case.old_provider_id) == (1, str(world.id("P08")))
    assert len(world.announced(facts.PlanProviderUnassigned)) == 1
    leave(world, plan)
    leave(world, plan, version=5)
    assert len(cases(world)) == 1
    assert len(world.announced(facts.RerouteOpened)) == 1


def test_support_choice_acceptance_promise_handover_PROCESS_C5_PROCESS_C6_PROCESS_C8(world: World) -> None:
    plan = search_world.inpatient(world)
    handing = [clause_pb2.ClauseFacts(code="HANDOVER", parameters={"days": "14"})]
    world.hear(provider.ContractSuspended(contract=world.ended_contract("P08", "SUSPENDED", clauses=handing)))
    leave(world, plan)
    search_world.support(world)
    assert only(world).state.value == "GUIDED"
    tell(world, plan, "Reserved", 5, "RESERVED", "P09")
    case = only(world)
    assert (case.state.value, case.new_provider_id) == ("CHOSEN", world.id("P09"))
    tell(world, plan, "Activated", 6, "ACTIVE", "P09")
    assert only(world).state.value == "CHOSEN"
    acts.acknowledge(world, plan, "P09")
    case = only(world)
    assert (case.state.value, case.handover_until) == ("CONFIRMED", THURSDAY + timedelta(days=14))
    close_handed_over(world.session, now=world.at(date(2025, 4, 24)).now)
    assert case.state.value == "CONFIRMED"
    close_handed_over(world.session, now=world.at(date(2025, 4, 25)).now)
    assert case.state.value == "CLOSED"
    kinds = (facts.RerouteOpened, facts.RerouteGuided, facts.RerouteChosen, facts.RerouteConfirmed, facts.RerouteClosed)
    versions = [one.reroute_case.version for kind in kinds for one in world.announced(kind)]
    assert versions == [1, 2, 3, 4, 5]
    assert world.announced(facts.RerouteOpened)[0].reroute_case.handover_days == 14
    (row,) = read_sections(world.session, [world.id("child")])
    (shown,) = PlanSection.FromString(row.body).reroutes
    assert shown.state == reroute_pb2.REROUTE_CASE_STATE_CLOSED
    leave(world, plan)
    assert only(world).state.value == "CLOSED"


def test_a_choice_and_acceptance_heard_at_once_end_the_same_PROCESS_C6(world: World) -> None:
    plan = search_world.inpatient(world)
    leave(world, plan)
    tell(world, plan, "Activated", 6, "ACTIVE", "P09")
    acts.acknowledge(world, plan, "P09")
    tell(world, plan, "Reserved", 5, "RESERVED", "P09")
    search_world.support(world)
    assert only(world).state.value == "CONFIRMED"


def test_support_heard_of_before_the_search_counts_and_older_support_does_not_PROCESS_C5(world: World) -> None:
    plan = search_world.inpatient(world)
    world.at(THURSDAY - timedelta(days=1))
    search_world.support(world)
    world.at(THURSDAY)
    search_world.support(world, kind=1)
    leave(world, plan)
    search_world.support(world, days_ago=1)
    assert only(world).state.value == "OPEN"


def test_support_of_the_same_day_that_was_heard_first_counts_PROCESS_C5(world: World) -> None:
    plan = search_world.inpatient(world)
    search_world.support(world)
    leave(world, plan)
    assert only(world).state.value == "GUIDED"


def test_a_loss_heard_of_after_newer_facts_is_not_forgotten_PROCESS_C3(world: World) -> None:
    plan = search_world.inpatient(world)
    tell(world, plan, "Reserved", 5, "RESERVED", "P09")
    assert cases(world) == []
    leave(world, plan)
    case = only(world)
    assert (case.state.value, case.new_provider_id) == ("CHOSEN", world.id("P09"))


def test_the_old_provider_delivers_as_planned_until_the_cut_off_VOUCHER_18(world: World) -> None:
    plan = search_world.inpatient(world)
    leave(world, plan)
    tell(world, plan, "Reserved", 5, "RESERVED", "P09")
    world.at(date(2025, 4, 15))
    service = acts.service_of(plan, INPATIENT)
    held, deviation = acts.deliver(world, acts.given(world, INPATIENT, "P08", date(2025, 4, 13)))
    assert (held.conforms, deviation, held.voucher_id) == (True, None, service.voucher_id)
    assert (service.state.value, service.units_delivered) == ("ASSIGNED", 1)
    _, late = acts.deliver(world, acts.given(world, INPATIENT, "P08", date(2025, 4, 14)))
    assert late is not None
    assert late.kind is DeviationKind.WRONG_PROVIDER


def test_the_client_stays_when_the_voucher_returns_to_the_old_provider_PROCESS_C9(world: World) -> None:
    plan = search_world.inpatient(world)
    leave(world, plan)
    tell(world, plan, "Reserved", 5, "RESERVED", "P08")
    assert (only(world).state.value, acts.service_of(plan, INPATIENT).provider_id) == ("STAYS", world.id("P08"))


@pytest.mark.parametrize("state", ["SUSPENDED", "TERMINATED", "EXPIRED"])
def test_a_purchase_leaves_a_contract_that_is_not_in_force_INV_20(world: World, state: str) -> None:
    plan = acts.active_plan(world, [acts.support(world), acts.own_work(world)])
    world.at(THURSDAY)
    more = {"valid_to": day(THURSDAY - timedelta(days=1))} if state == "EXPIRED" else {}
    suspend(world, "P10", state, **more)
    look(world)
    case, service = only(world), acts.service_of(plan, SUPPORT)
    assert (service.state.value, service.provider_id) == ("REROUTE", None)
    assert (case.due, case.cut_off, case.old_contract_id) == (date(2025, 4, 28), THURSDAY, world.id("K-P10"))
    assert acts.service_of(plan, "SOC-FAM-WORK").state.value == "ASSIGNED"


def test_with_safe_continuation_the_provider_goes_on_until_its_last_day_PROCESS_C1(world: World) -> None:
    plan = acts.active_plan(world, [acts.support(world)])
    world.at(THURSDAY)
    safe = contract_pb2.SuspensionFacts(
        mode=contract_pb2.SUSPENSION_MODE_SAFE_CONTINUATION,
        effective_date=day(THURSDAY),
        safe_continuation_until=day(date(2025, 4, 30)),
    )
    suspend(world, "P10", suspension=safe)
    assert only(world).cut_off == date(2025, 5, 1)
    world.at(date(2025, 5, 2))
    delivery, _ = acts.deliver(world, acts.given(world, SUPPORT, "P10", date(2025, 4, 30)))
    assert delivery.conforms
    assert acts.service_of(plan, SUPPORT).state.value == "REROUTE"


def test_a_purchase_returns_when_the_contract_is_reinstated_PROCESS_C9(world: World) -> None:
    plan = acts.active_plan(world, [acts.support(world)])
    suspend(world.at(THURSDAY), "P10")
    look(world)
    assert only(world).state.value == "OPEN"
    world.hear(provider.ContractReinstated(contract=world.contract_facts("P10", 3)))
    look(world)
    service = acts.service_of(plan, SUPPORT)
    assert (only(world).state.value, service.state.value) == ("STAYS", "ASSIGNED")
    assert (service.provider_id, service.contract_id) == (world.id("P10"), world.id("K-P10"))
    look(world)
    assert len(world.announced(facts.RerouteStays)) == 1


def test_only_the_services_of_a_removed_line_are_re_routed_PROCESS_C1(world: World) -> None:
    both = [contract_pb2.ServiceLineFacts(service_code=code) for code in (SUPPORT, "SOC-FAM-WORK")]
    world.hear(provider.ContractLineChanged(contract=world.contract_facts("P10", 2, lines=both)))
    work = acts.wish(world, "SOC-FAM-WORK", Arrangement.PURCHASE, "P10", 32)
    plan = acts.active_plan(world, [acts.support(world), work])
    left = world.contract_facts("P10", 3, lines=both[1:])
    world.at(THURSDAY).hear(provider.ContractLineChanged(contract=left, removed_service_codes=[SUPPORT]))
    look(world)
    assert [one.service_code for one in cases(world)] == [SUPPORT]
    assert acts.service_of(plan, "SOC-FAM-WORK").state.value == "ASSIGNED"


def test_a_provider_with_another_contract_goes_on_by_that_one_PROCESS_C1(world: World) -> None:
    plan = acts.active_plan(world, [acts.support(world)])
    new_id = str(uuid4())
    world.at(THURSDAY).hear(provider.ContractActivated(contract=world.contract_facts("P10", contract_id=new_id)))
    suspend(world, "P10", "EXPIRED", valid_to=day(THURSDAY - timedelta(days=1)))
    service = acts.service_of(plan, SUPPORT)
    assert (cases(world), service.state.value, str(service.contract_id)) == ([], "ASSIGNED", new_id)
    assert plan.minor == 1


def test_a_review_that_names_another_provider_ends_the_search_PLAN_13(world: World) -> None:
    work = acts.wish(world, "SOC-FAM-WORK", Arrangement.PURCHASE, "P10", 32)
    both = [contract_pb2.ServiceLineFacts(service_code=code) for code in (SUPPORT, "SOC-FAM-WORK")]
    world.hear(provider.ContractLineChanged(contract=world.contract_facts("P10", 2, lines=both)))
    plan = acts.active_plan(world, [work, acts.own_work(world)])
    suspend(world.at(THURSDAY), "P10", version=3)
    service = next(one for one in plan.services if one.arrangement is Arrangement.PURCHASE)
    cause = ReviewCause.REROUTE
    start_review(world.session, plan_id=plan.id, etag="", cause=cause, caller=world.caller("P01"), now=world.now)
    with pytest.raises(NoActiveContract):
        acts.activate(world, plan, first=False)
    acts.edit(world, plan, [replace(acts.own_work(world), plan_service_id=service.id)])
    acts.activate(world, plan, first=False)
    assert (service.provider_id, service.state.value) == (world.id("P01"), "ASSIGNED")
    assert only(world).state.value == "CONFIRMED"


def test_clients_of_a_centre_that_is_lost_get_the_one_they_choose_PROCESS_C10(world: World) -> None:
    plan = acts.active_plan(world, [acts.doctor(world), acts.own_work(world)])
    world.choose("P02")
    suspend(world.at(THURSDAY), "P02", "TERMINATED")
    service = acts.service_of(plan, "HLT-GP")
    assert (service.state.value, only(world).state.value) == ("REROUTE", "OPEN")
    search_world.support(world, "")
    assert only(world).state.value == "GUIDED"
    world.choose("P02", version=2, ended=THURSDAY)
    world.choose("P03")
    assert (service.provider_id, service.unit_id) == (world.id("P03"), world.id("U-P03"))
    assert only(world).state.value == "CONFIRMED"


def test_overdue_once_and_on_the_deadline_list_PROCESS_C5(world: World) -> None:
    plan = search_world.inpatient(world)
    leave(world, plan)
    due = only(world).due
    (wait,) = deadlines.running_of(world.session, only(world).id)
    assert (wait.subject, wait.due) == (Subject.REROUTE, due)
    pass_reroutes_due(world.session, now=world.at(due).now)
    assert not only(world).overdue
    for _ in range(2):
        pass_reroutes_due(world.session, now=world.at(due + timedelta(days=1)).now)
    assert only(world).overdue
    tell(world, plan, "Reserved", 5, "RESERVED", "P08")
    assert not deadlines.running_of(world.session, only(world).id)
    assert len(world.announced(facts.RerouteOverdue)) == 1


def test_the_county_takes_over_by_a_minor_version_without_the_voucher_PROCESS_C7(world: World) -> None:
    plan = search_world.inpatient(world)
    own = contract_pb2.ServiceLineFacts(service_code=INPATIENT)
    world.hear(provider.ContractLineChanged(contract=world.contract_facts("P01", 2, lines=[own])))
    leave(world, plan)
    before = plan.minor
    case = search_world.take_over(world, only(world), Arrangement.OWN, "P01")
    service = acts.service_of(plan, INPATIENT)
    assert (case.state.value, plan.minor) == ("COUNTY_TAKES_OVER", before + 1)
    assert (service.arrangement, service.provider_id, service.voucher_id) == (Arrangement.OWN, world.id("P01"), None)
    (told,) = world.announced(facts.RerouteCountyTakesOver)
    assert told.reroute_case.voucher_id == str(world.id(f"voucher {INPATIENT}"))
    tell(world, plan, "Revoked", 6, "REVOKED")
    assert service.state.value == "ASSIGNED"


def test_a_voucher_without_a_plan_has_its_own_search_PROCESS_C3(world: World) -> None:
    world.assess()
    at = {"service_code": "HLT-PHYSIO", "provider_id": str(world.id("P07"))}
    world.at(THURSDAY)
    for name, version, state, who in (
        ("Activated", 3, "ACTIVE", "P07"),
        ("RerouteStarted", 4, "REROUTING", ""),
        ("Reserved", 5, "RESERVED", "P06"),
        ("Activated", 6, "ACTIVE", "P06"),
    ):
        more = at | {"provider_id": str(world.id(who)) if who else ""}
        told = world.voucher_facts(None, version, state, **more)
        kind = getattr(voucher, f"Voucher{name}")
        left = {"provider_id": str(world.id("P07")), "cause": 1, "cut_off_date": day(THURSDAY)}
        world.hear(kind(voucher=told, **(left if name == "RerouteStarted" else {})))
    assert (only(world).state.value, only(world).plan_id) == ("CONFIRMED", None)
    (row,) = read_sections(world.session, [world.id("child")])
    assert len(PlanSection.FromString(row.body).reroutes) == 1


def test_the_database_keeps_one_open_search_for_a_service_INV_20(world: World) -> None:
    plan = search_world.inpatient(world)
    leave(world, plan)
    case = only(world)
    again = {column.key: getattr(case, column.key) for column in reroute_case_table.columns} | {
        "id": uuid4(),
        "started": 99,
    }
    with pytest.raises(IntegrityError, match="uq_reroute_case_of_service"):
        world.session.execute(insert(reroute_case_table).values(again))
