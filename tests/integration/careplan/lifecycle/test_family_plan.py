"""Story 1 as the care plan service lives it, from draft to the last settled voucher."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.careplan.domain.acknowledgements.acknowledgement import AcknowledgementState
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_service import PlanServiceState as State
from services.careplan.domain.plans.plan_states import PlanState
from services.careplan.operations.lifecycle.complete_plan_service import complete_plan_service
from services.careplan.storage.acknowledgements import acknowledgements_of
from services.careplan.storage.plan_versions import find_version
from services.chassis.sections import read_sections
from sote.careplan.v1 import events_pb2 as facts
from sote.careplan.v1 import plan_pb2
from sote.careplan.v1.section_pb2 import PlanSection
from sote.package.v1 import events_pb2 as package
from sote.voucher.v1 import events_pb2 as voucher
from tests.builders.careplan import acts
from tests.builders.careplan.county import World

pytestmark = pytest.mark.integration
CHOICES = {"SOC-FAM-HOME": "P05", "SOC-NEURO-COACH": "P06", "HLT-OT": "P07"}


def planned(world: World) -> Plan:
    """The plan in force on 27 February, with the doctor and the package's six items."""
    world.assess()
    plan = acts.edit(world, acts.draft(world), [acts.doctor(world)])
    world.hear(package.EnrolmentExpanding(enrolment=world.enrolment()))
    requests = acts.consult(world, plan)
    assert {request.provider_id for request in requests} == {world.id("P02"), world.id("P10")}
    world.at(date(2025, 2, 24))
    for request in requests:
        acts.answer(world, request)
    return acts.activate(world.at(date(2025, 2, 27)), plan)


def chosen(world: World, plan: Plan) -> None:
    """Vouchers issued on 28 February, chosen on 3 March."""
    for code in CHOICES:
        world.hear(voucher.VoucherIssued(voucher=acts.voucher_of(world, plan, code, 2, "ISSUED")))
    world.at(date(2025, 3, 3))
    for code, who in CHOICES.items():
        world.hear(voucher.VoucherReserved(voucher=acts.voucher_of(world, plan, code, 3, "RESERVED", who)))


def section(world: World) -> PlanSection:
    (row,) = read_sections(world.session, [world.id("child")])
    return PlanSection.FromString(row.body)


def test_the_first_version_holds_the_doctor_and_the_items_of_the_package_S1_26(world: World) -> None:
    plan = planned(world)
    assert (plan.state, plan.version_number) == (PlanState.ACTIVE, "1.0")
    states = {one.service_code: one.state for one in plan.services}
    waiting = dict.fromkeys(CHOICES, State.AWAITING_CHOICE)
    own = dict.fromkeys(["HLT-GP", "SOC-FAM-WORK", "HLT-SCHOOL", "SOC-FAM-SUPP"], State.ASSIGNED)
    assert states == waiting | own
    (fact,) = world.announced(facts.PlanActivated)
    assert {one.service_code for one in fact.plan.services if one.enrolment_id} == set(states) - {"HLT-GP"}
    assert (fact.plan.major, fact.plan.minor) == (1, 0)


def test_four_acknowledgements_on_four_versions_S1_30(world: World) -> None:
    plan = planned(world)
    assert acts.acknowledge(world, plan, "P10", (1, 0)).state is AcknowledgementState.ACKNOWLEDGED
    chosen(world, plan)
    assert plan.version_number == "1.3"
    for who in CHOICES.values():
        acts.acknowledge(world, plan, who)
    asked = acknowledgements_of(world.session, plan.id)
    assert [(one.provider_id, one.major, one.minor) for one in asked] == [
        (world.id(who), 1, minor) for minor, who in enumerate(["P10", *CHOICES.values()])
    ]
    # Once for 1.0, when nobody else was asked yet, and once when the last of the chosen ones acknowledged.
    assert [fact.minor for fact in world.announced(facts.PlanFullyAcknowledged)] == [0, 3]


def test_the_facts_of_a_plan_are_numbered_one_by_one_INV_21(world: World) -> None:
    plan = planned(world)
    chosen(world, plan)
    told = [
        *world.announced(facts.PlanDrafted),
        *world.announced(facts.PlanActivated),
        *world.announced(facts.PlanProviderAssigned),
    ]
    assert [one.plan.version for one in told] == sorted(one.plan.version for one in told)
    assert plan.fact_version == len(world.facts())


def deliver_all(world: World, plan: Plan) -> None:
    """The quantities of STORY-1."""
    for code, who, times, units in [
        ("SOC-FAM-WORK", "P01", 16, 2),
        ("SOC-FAM-HOME", "P05", 12, 3),
        ("SOC-NEURO-COACH", "P06", 15, 1),
        ("HLT-OT", "P07", 18, 1),
        ("SOC-FAM-SUPP", "P10", 6, 1),
    ]:
        for number in range(times):
            what = replace(
                acts.given(world, code, who, date(2025, 3, 5 + number), units), external_ref=f"{code}-{number}"
            )
            delivery, deviation = acts.deliver(world.at(date(2025, 3, 31)), what, acts.service_of(plan, code).id)
            assert deviation is None
            assert delivery.conforms


def test_deliveries_of_five_providers_complete_the_plan_S1_05a(world: World) -> None:
    plan = planned(world)
    chosen(world, plan)
    acts.acknowledge(world, plan, "P10")
    for who in CHOICES.values():
        acts.acknowledge(world, plan, who)
    deliver_all(world, plan)
    recorded = world.announced(facts.DeliveryRecorded)
    assert len(recorded) == 67
    assert not any(one.early for one in recorded)
    completed = [one.service_code for one in plan.services if one.state is State.COMPLETED]
    assert sorted(completed) == ["SOC-FAM-SUPP", "SOC-FAM-WORK"]
    for code, who in CHOICES.items():
        world.hear(voucher.VoucherSettled(voucher=acts.voucher_of(world, plan, code, 9, "SETTLED", who)))
    for code in ("HLT-SCHOOL", "HLT-GP"):
        done(world, plan, code)
    assert {one.state for one in plan.services} == {State.COMPLETED}
    assert len(world.announced(facts.PlanServiceCompleted)) == 7
    assert not world.announced(facts.PlanDeviationReported)


def done(world: World, plan: Plan, code: str) -> Any:
    service = acts.service_of(plan, code)
    return complete_plan_service(
        world.session,
        plan_id=plan.id,
        plan_service_id=service.id,
        etag="",
        caller=world.caller("P01"),
        now=world.now,
    )


def test_the_section_shows_the_whole_plan_with_names_RECORD_1(world: World) -> None:
    plan = planned(world)
    chosen(world, plan)
    shown = section(world)
    assert (shown.version_number, shown.operator_name, shown.state) == (
        "1.3",
        "provider P01",
        plan_pb2.PLAN_STATE_ACTIVE,
    )
    by_code = {one.service_code: one for one in shown.services}
    assert by_code["HLT-OT"].provider_name == "provider P07"
    assert by_code["HLT-OT"].voucher_id == str(world.id("voucher HLT-OT"))
    assert by_code["SOC-FAM-SUPP"].item_code == "SOC-FAM-SUPP"
    assert [one.number for one in shown.versions] == ["1.3", "1.2", "1.1", "1.0"]
    assert len(shown.consultations) == 2
    assert len(shown.acknowledgements) == 4
    assert shown.client_view == acts.VIEW
    assert shown.goals[0].baseline == -2


def test_each_version_is_kept_as_it_came_into_force_INV_24(world: World) -> None:
    plan = planned(world)
    chosen(world, plan)
    found = [find_version(world.session, plan.id, 1, minor) for minor in (3, 2, 1, 0)]
    versions = [one for one in found if one is not None]
    assert [(one.number, one.supersedes) for one in versions] == [
        ("1.3", "1.2"),
        ("1.2", "1.1"),
        ("1.1", "1.0"),
        ("1.0", ""),
    ]
    assert all(one.intact() for one in versions)
    assert len({one.digest for one in versions}) == 4
    first = versions[-1].content
    assert all(line.provider_id is None for line in first.services if line.service_code in CHOICES)
