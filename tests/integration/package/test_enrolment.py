"""Story 1's enrolment from the proposal to the last item, as facts and calls bring it (process B)."""

import random
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from services.chassis.inbox import NotYet
from services.chassis.sections import read_sections
from services.package.domain.enrolment import EnrolmentState, Step
from services.package.domain.enrolment_item import ItemState
from services.package.domain.refusals import (
    AssessmentNotCurrent,
    ClientClosed,
    CriteriaNotMet,
    IssuerNotAllowed,
    PackageNotPublished,
)
from services.package.operations.cancel_enrolment import cancel_enrolment
from services.package.operations.decline_enrolment import decline_enrolment
from services.package.operations.retire_package import retire_package
from services.package.operations.withdraw_enrolment import withdraw_enrolment
from sote.careplan.v1 import events_pb2 as careplan
from sote.client.v1 import client_pb2
from sote.client.v1 import events_pb2 as client
from sote.package.v1 import enrolment_pb2, section_pb2
from sote.package.v1 import events_pb2 as facts
from sote.voucher.v1 import events_pb2 as voucher
from tests.builders.package.story import Story

MANDATORY = ("SOC-FAM-WORK", "HLT-SCHOOL")


def section(story: Story) -> section_pb2.PackageSection:
    """What the record shows of the client."""
    (row,) = read_sections(story.session, [story.client_id])
    return section_pb2.PackageSection.FromString(row.body)


class TestProposal:
    def test_the_family_centre_is_proposed_S1_34(self, story: Story) -> None:
        story.meet_client()
        enrolment = story.propose(story.publish(story.draft()))
        assert enrolment.state is EnrolmentState.PROPOSED
        assert {item.state for item in enrolment.items} == {ItemState.OFFERED}
        (told,) = story.told(facts.EnrolmentProposed)
        assert len(told.enrolment.items) == 7

    def test_facts_of_the_client_are_waited_for(self, story: Story) -> None:
        package = story.publish(story.draft())
        with pytest.raises(NotYet):
            story.propose(package)

    def test_unmet_criteria_need_a_reason_ENROLMENT_1(self, story: Story) -> None:
        story.meet_client(needs=[])
        package = story.publish(story.draft())
        with pytest.raises(CriteriaNotMet):
            story.propose(package)
        assert story.propose(package, exception_reason="a sibling is enrolled").exception_reason

    def test_an_assessment_superseded_before_or_after_counts_no_more_ENROLMENT_1(self, story: Story) -> None:
        package = story.publish(story.draft())
        story.hear(client.AssessmentSuperseded(assessment_id=str(story.assessment_id)))
        story.meet_client()
        with pytest.raises(AssessmentNotCurrent):
            story.propose(package)

    def test_no_new_matter_for_a_client_who_died_INV_16(self, story: Story) -> None:
        story.meet_client()
        package = story.publish(story.draft())
        gone = client.ClientFacts(client_id=str(story.client_id), state=client_pb2.CLIENT_STATE_DECEASED, version=2)
        story.hear(client.ClientActivated(client=gone))
        with pytest.raises(ClientClosed):
            story.propose(package)

    def test_only_the_enterprise_proposes_vouchers_INV_04(self, story: Story) -> None:
        story.meet_client()
        package = story.publish(story.draft())
        doctor = type(story.official)("doctor-1", "HOP", story.provider("P02"), "", story.official.county)
        with pytest.raises(IssuerNotAllowed):
            story.propose(package, caller=doctor)

    def test_a_client_is_enrolled_once_at_a_time_ENROLMENT_1(self, story: Story) -> None:
        story.meet_client()
        package = story.publish(story.draft())
        first = story.propose(package)
        with pytest.raises(IntegrityError) as refusal, story.session.begin_nested():
            story.propose(package)
        assert "uq_enrolment_open" in str(refusal.value)
        decline_enrolment(story.session, enrolment_id=first.id, etag="", now=story.now)
        assert story.propose(package).id != first.id


class TestExpansion:
    def test_story_1_enrols_in_the_family_centre_S1_34(self, story: Story) -> None:
        enrolment = story.active()
        assert (enrolment.state, enrolment.step) == (EnrolmentState.ACTIVE, Step.DONE)
        states = {item.item_code: item.state for item in enrolment.items}
        assert states.pop("SOC-FAM-COUNS") is ItemState.NOT_TAKEN
        assert set(states.values()) == {ItemState.IN_FORCE}
        (asked,) = story.told(facts.EnrolmentFundingRequested)
        assert asked.plan_id == str(story.plan_id)
        granted = {item.item_code: (item.units, item.provider_id) for item in asked.enrolment.items}
        assert granted["SOC-FAM-WORK"] == (32, story.provider("P01"))
        assert granted["SOC-FAM-SUPP"] == (6, story.provider("P10"))
        assert granted["SOC-FAM-HOME"] == (40, "")
        assert "SOC-FAM-COUNS" not in granted
        assert all(item.plan_service_id for item in asked.enrolment.items)
        assert sum(item.cost_cents for item in enrolment.taken()) == 775_900
        assert asked.enrolment.envelope.cents == 900_000
        assert asked.enrolment.proposed_by == "official-1"

    def test_the_versions_of_its_facts_are_consecutive_INV_21(self, story: Story) -> None:
        story.active()
        kinds: tuple[Any, ...] = (
            facts.EnrolmentProposed,
            facts.EnrolmentAccepted,
            facts.EnrolmentExpanding,
            facts.EnrolmentFundingRequested,
            facts.EnrolmentActivated,
        )
        versions = [fact.enrolment.version for kind in kinds for fact in story.told(kind)]
        assert versions == [1, 2, 3, 4, 5]

    def test_a_package_retired_meanwhile_is_not_accepted_PROCESS_B1(self, story: Story) -> None:
        story.meet_client()
        package = story.publish(story.draft())
        enrolment = story.propose(package)
        retire_package(story.session, package_id=package.id, etag="", now=story.now)
        with pytest.raises(PackageNotPublished):
            story.accept(enrolment)
        assert enrolment.state is EnrolmentState.PROPOSED

    def test_a_refused_envelope_fails_it_PROCESS_B2(self, story: Story) -> None:
        enrolment = story.accepted()
        refused = voucher.EnvelopeRefused(enrolment_id=str(enrolment.id), reason="BUDGET_EXHAUSTED")
        story.hear(refused, refused, story.reserved(enrolment))
        assert (enrolment.state, enrolment.reason) == (EnrolmentState.FAILED, "BUDGET_EXHAUSTED")
        (told,) = story.told(facts.EnrolmentFailed)
        assert told.reason == "BUDGET_EXHAUSTED"
        assert not story.told(facts.EnrolmentExpanding)

    def test_a_plan_that_cannot_take_the_items_fails_it_PROCESS_B3(self, story: Story) -> None:
        enrolment = story.accepted()
        story.hear(story.reserved(enrolment))
        story.hear(careplan.EnrolmentItemsRefused(enrolment_id=str(enrolment.id), reason="NO_OPEN_PLAN"))
        assert (enrolment.state, enrolment.reason) == (EnrolmentState.FAILED, "NO_OPEN_PLAN")

    @pytest.mark.parametrize("missing", MANDATORY)
    def test_a_mandatory_item_taken_out_of_the_plan_fails_it_PROCESS_B4(self, story: Story, missing: str) -> None:
        enrolment = story.accepted()
        story.hear(story.reserved(enrolment))
        planned = careplan.EnrolmentItemsPlanned(enrolment_id=str(enrolment.id), plan=story.plan(enrolment, 3))
        left = {item.item_code for item in enrolment.taken()} - {missing}
        story.hear(planned, careplan.PlanActivated(plan=story.plan(enrolment, 5, left)))
        assert (enrolment.state, enrolment.reason) == (EnrolmentState.FAILED, "MANDATORY_ITEM_NOT_PLANNED")
        assert not story.told(facts.EnrolmentFundingRequested)

    def test_an_optional_item_taken_out_is_skipped_PROCESS_B4(self, story: Story) -> None:
        enrolment = story.accepted()
        story.hear(story.reserved(enrolment))
        planned = careplan.EnrolmentItemsPlanned(enrolment_id=str(enrolment.id), plan=story.plan(enrolment, 3))
        left = {item.item_code for item in enrolment.taken()} - {"HLT-OT"}
        story.hear(planned, careplan.PlanActivated(plan=story.plan(enrolment, 5, left)))
        (asked,) = story.told(facts.EnrolmentFundingRequested)
        assert {item.item_code for item in asked.enrolment.items} == left

    @pytest.mark.parametrize("discarded", [careplan.PlanCancelled, careplan.PlanReviewCancelled])
    def test_a_discarded_draft_fails_it_PROCESS_B4(self, story: Story, discarded: type[careplan.PlanCancelled]) -> None:
        enrolment = story.accepted()
        story.hear(story.reserved(enrolment))
        planned = careplan.EnrolmentItemsPlanned(enrolment_id=str(enrolment.id), plan=story.plan(enrolment, 3))
        story.hear(planned, discarded(plan=story.plan(enrolment, 4, [])))
        assert (enrolment.state, enrolment.reason) == (EnrolmentState.FAILED, "PLAN_DISCARDED")

    def test_an_older_version_of_the_plan_that_arrives_late_decides_nothing_PROCESS_B4(self, story: Story) -> None:
        enrolment = story.accepted()
        story.hear(story.reserved(enrolment))
        planned = careplan.EnrolmentItemsPlanned(enrolment_id=str(enrolment.id), plan=story.plan(enrolment, 7))
        story.hear(planned, careplan.PlanVersionActivated(plan=story.plan(enrolment, 2, [])))
        assert (enrolment.state, enrolment.step) == (EnrolmentState.EXPANDING, Step.PLAN_ACTIVATION)

    def test_failed_funding_fails_it_PROCESS_B5(self, story: Story) -> None:
        enrolment = story.accepted()
        story.hear(story.reserved(enrolment), careplan.PlanActivated(plan=story.plan(enrolment, 5)))
        failed = voucher.EnrolmentFundingFailed(
            enrolment_id=str(enrolment.id), item_code="SOC-FAM-WORK", reason="BUDGET_EXHAUSTED"
        )
        story.hear(failed, story.funded(enrolment))
        assert enrolment.state is EnrolmentState.FAILED
        assert {item.state for item in enrolment.items} == {ItemState.CANCELLED, ItemState.NOT_TAKEN}
        assert not story.told(facts.EnrolmentActivated)

    def test_an_optional_item_without_money_is_skipped_and_noted_PROCESS_B5(self, story: Story) -> None:
        enrolment = story.accepted()
        story.hear(story.reserved(enrolment), careplan.PlanActivated(plan=story.plan(enrolment, 5)))
        story.hear(story.funded(enrolment, {"HLT-OT": "BUDGET_EXHAUSTED"}))
        (skipped,) = [item for item in enrolment.items if item.state is ItemState.SKIPPED]
        assert (skipped.item_code, skipped.reason) == ("HLT-OT", "BUDGET_EXHAUSTED")
        (told,) = story.told(facts.EnrolmentActivated)
        assert "HLT-OT" not in {item.item_code for item in told.enrolment.items}

    @pytest.mark.parametrize("seed", range(4))
    def test_the_plans_facts_may_come_twice_and_in_any_order_PROCESS_2(self, story: Story, seed: int) -> None:
        enrolment = story.accepted()
        story.hear(story.reserved(enrolment))
        helper = story.provider("P05")
        assigned = story.plan(enrolment, 6)
        for service in assigned.services:
            if service.item_code == "SOC-FAM-HOME":
                service.provider_id = helper
        heard = [
            careplan.EnrolmentItemsPlanned(enrolment_id=str(enrolment.id), plan=story.plan(enrolment, 3)),
            careplan.PlanActivated(plan=story.plan(enrolment, 5)),
            careplan.PlanProviderAssigned(plan=assigned),
            story.reserved(enrolment),
        ]
        heard = [*heard, *heard]
        random.Random(seed).shuffle(heard)
        story.hear(*heard, story.funded(enrolment), assigned_again := careplan.PlanProviderAssigned(plan=assigned))
        story.hear(story.funded(enrolment), assigned_again)
        assert enrolment.state is EnrolmentState.ACTIVE
        assert len(story.told(facts.EnrolmentFundingRequested)) == 1
        assert len(story.told(facts.EnrolmentActivated)) == 1
        home = {item.item_code: item.provider_id for item in enrolment.items}["SOC-FAM-HOME"]
        assert home == UUID(helper)


class TestProgress:
    def test_completes_with_the_mandatory_items_ENROLMENT_6(self, story: Story) -> None:
        enrolment = story.active()
        for code in ("SOC-FAM-HOME", "SOC-FAM-WORK", "SOC-FAM-WORK"):
            story.hear(story.done(enrolment, code))
        assert not story.told(facts.EnrolmentCompleted)
        story.hear(story.done(enrolment, "HLT-SCHOOL"))
        assert enrolment.state is EnrolmentState.COMPLETED
        story.hear(story.done(enrolment, "HLT-OT"), story.done(enrolment, "HLT-SCHOOL"))
        assert len(story.told(facts.EnrolmentCompleted)) == 1
        shown = {item.item_code: item.state for item in section(story).enrolments[0].enrolment.items}
        assert shown["HLT-OT"] == enrolment_pb2.ENROLMENT_ITEM_STATE_COMPLETED
        assert shown["SOC-FAM-SUPP"] == enrolment_pb2.ENROLMENT_ITEM_STATE_IN_FORCE

    def test_a_service_done_before_the_enrolment_is_in_force_is_waited_for(self, story: Story) -> None:
        enrolment = story.accepted()
        story.hear(story.reserved(enrolment), careplan.PlanActivated(plan=story.plan(enrolment, 5)))
        with pytest.raises(NotYet):
            story.hear(story.done(enrolment, "SOC-FAM-WORK"))

    def test_deliveries_show_in_the_record(self, story: Story) -> None:
        enrolment = story.active()
        first = story.delivered(enrolment, "HLT-OT", 2)
        story.hear(first, story.delivered(enrolment, "HLT-OT", 3), first)
        elsewhere = story.delivered(enrolment, "HLT-OT", 9)
        elsewhere.plan_service_id = str(uuid4())
        story.hear(elsewhere, careplan.DeliveryRecorded(voucher_id=str(uuid4()), units=9))
        (summary,) = section(story).enrolments
        assert summary.package_name_fi == "Perhekeskus"
        delivered = {item.item_code: item.units_delivered for item in summary.enrolment.items}
        assert delivered["HLT-OT"] == 5
        assert sum(delivered.values()) == 5

    def test_an_item_done_before_its_planning_was_heard_of_waits_ENROLMENT_6(self, story: Story) -> None:
        enrolment = story.accepted()
        story.hear(story.reserved(enrolment))
        with pytest.raises(NotYet):
            story.hear(story.done(enrolment, "SOC-FAM-WORK"))
        story.hear(careplan.PlanActivated(plan=story.plan(enrolment, 5)), story.funded(enrolment))
        story.hear(story.done(enrolment, "SOC-FAM-WORK"))
        states = {item.item_code: item.state for item in enrolment.items}
        assert states["SOC-FAM-WORK"] is ItemState.COMPLETED

    def test_services_of_no_enrolment_are_nobodys_business_here(self, story: Story) -> None:
        plan = careplan.PlanFacts(plan_id=str(uuid4()), client_id=str(uuid4()), version=1)
        done = careplan.PlanServiceCompleted(plan=plan, plan_service_id=str(uuid4()))
        story.hear(done, careplan.PlanActivated(plan=plan), careplan.PlanCancelled(plan=plan))
        assert read_sections(story.session, [UUID(plan.client_id)]) == []

    def test_the_client_withdraws_ENROLMENT_7(self, story: Story) -> None:
        enrolment = story.active()
        story.hear(story.done(enrolment, "SOC-FAM-WORK"))
        withdraw_enrolment(story.session, enrolment_id=enrolment.id, etag="", now=story.now)
        states = {item.item_code: item.state for item in enrolment.items}
        assert states["SOC-FAM-WORK"] is ItemState.COMPLETED
        assert states["HLT-OT"] is ItemState.CANCELLED
        assert len(story.told(facts.EnrolmentWithdrawn)) == 1

    def test_the_county_cancels_and_nobody_else_ENROLMENT_7(self, story: Story) -> None:
        enrolment = story.active()
        other = type(story.official)("doctor-1", "CSP", story.provider("P02"), "", story.official.county)
        with pytest.raises(IssuerNotAllowed):
            cancel_enrolment(
                story.session, enrolment_id=enrolment.id, reason="moved", etag="", caller=other, now=story.now
            )
        cancel_enrolment(
            story.session, enrolment_id=enrolment.id, reason="moved", etag="", caller=story.official, now=story.now
        )
        assert enrolment.state is EnrolmentState.CANCELLED
        assert len(story.told(facts.EnrolmentCancelled)) == 1
