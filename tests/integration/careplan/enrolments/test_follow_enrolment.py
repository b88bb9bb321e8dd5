"""Items of a package that came to nothing leave the plan (PROCESS-B5, ENROLMENT-7)."""

from typing import Any

import pytest

from services.careplan.storage.plan_versions import find_version
from services.kernel.care import Arrangement
from sote.careplan.v1 import events_pb2 as facts
from sote.package.v1 import events_pb2 as package
from tests.builders.careplan import acts, searches
from tests.builders.careplan.county import World

pytestmark = pytest.mark.integration


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
