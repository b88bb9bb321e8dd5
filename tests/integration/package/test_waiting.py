"""Enrolments that wait, are given up, or lose their client or plan (PROCESS-7, PROCESS-D3, ENROLMENT-5 to
ENROLMENT-7)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from services.chassis.database import work_item
from services.package import views
from services.package.domain.enrolment import Enrolment, EnrolmentState, Step
from services.package.domain.enrolment_item import ItemState
from services.package.domain.rules import Rules
from services.package.operations.cancel_enrolment import cancel_enrolment
from services.package.operations.watch_enrolments import watch_enrolments
from services.package.operations.withdraw_enrolment import withdraw_enrolment
from sote.careplan.v1 import events_pb2 as careplan
from sote.careplan.v1 import plan_pb2
from sote.client.v1 import client_pb2
from sote.client.v1 import events_pb2 as client
from sote.package.v1 import enrolment_pb2, work_service_pb2
from sote.package.v1 import events_pb2 as facts
from sote.voucher.v1 import events_pb2 as voucher
from tests.builders.package.story import Story

RULES = Rules()


@pytest.fixture
def expanding(story: Story) -> Enrolment:
    """An enrolment whose items the plan is asked to take."""
    enrolment = story.accepted()
    story.hear(story.reserved(enrolment))
    return enrolment


def planned(story: Story, enrolment: Enrolment, version: int) -> careplan.EnrolmentItemsPlanned:
    return careplan.EnrolmentItemsPlanned(enrolment_id=str(enrolment.id), plan=story.plan(enrolment, version))


def watch(story: Story, **later: float) -> None:
    watch_enrolments(story.session, rules=RULES, now=story.now + timedelta(**later))


def late(story: Story) -> list[work_service_pb2.LateEnrolment]:
    return list(views.list_late_enrolments(story.session, work_service_pb2.ListLateEnrolmentsRequest()).enrolments)


def gone(story: Story, kind: Any, status: Any, version: int = 2) -> Any:
    return kind(client=client.ClientFacts(client_id=str(story.client_id), state=status, version=version))


class TestDiscarded:
    @pytest.mark.parametrize("kind", [careplan.PlanCancelled, careplan.PlanReviewCancelled, careplan.PlanClosed])
    @pytest.mark.parametrize("first", ["planned", "discarded"])
    def test_a_plan_discarded_before_or_after_its_items_were_heard_of_fails_it_PROCESS_B4(
        self, story: Story, expanding: Enrolment, kind: Any, first: str
    ) -> None:
        told = [planned(story, expanding, 3), kind(plan=story.plan(expanding, 4, []))]
        story.hear(*(told if first == "planned" else reversed(told)))
        assert (expanding.state, expanding.reason) == (EnrolmentState.FAILED, "PLAN_DISCARDED")
        assert [fact.reason for fact in story.told(facts.EnrolmentFailed)] == ["PLAN_DISCARDED"]

    def test_an_earlier_review_that_was_discarded_decides_nothing_PROCESS_B4(
        self, story: Story, expanding: Enrolment
    ) -> None:
        story.hear(careplan.PlanReviewCancelled(plan=story.plan(expanding, 2, [])), planned(story, expanding, 3))
        assert (expanding.state, expanding.step) == (EnrolmentState.EXPANDING, Step.PLAN_ACTIVATION)

    def test_what_the_plan_does_without_a_failed_enrolment_changes_nothing_of_it_ENROLMENT_7(
        self, story: Story, expanding: Enrolment
    ) -> None:
        refused = voucher.EnvelopeRefused(enrolment_id=str(expanding.id), reason="BUDGET_EXHAUSTED")
        story.hear(planned(story, expanding, 3), refused)
        items = {item.item_code: item.state for item in expanding.items}
        removed = careplan.EnrolmentItemsRemoved(enrolment_id=str(expanding.id), plan=story.plan(expanding, 4, []))
        for _ in range(2):
            story.hear(removed, careplan.PlanReviewCancelled(plan=story.plan(expanding, 5, [])))
        assert (expanding.state, expanding.reason) == (EnrolmentState.FAILED, "BUDGET_EXHAUSTED")
        assert {item.item_code: item.state for item in expanding.items} == items
        assert len(story.told(facts.EnrolmentFailed)) == 1

    def test_an_enrolment_in_force_follows_a_plan_that_loses_the_items_of_another_ENROLMENT_7(
        self, story: Story
    ) -> None:
        enrolment = story.active()
        plan, who = story.plan(enrolment, 7), uuid4()
        plan.services[0].provider_id = str(who)
        told = careplan.EnrolmentItemsRemoved(enrolment_id=str(uuid4()), plan=plan)
        for _ in range(2):
            story.hear(told)
        (item,) = [one for one in enrolment.items if one.provider_id == who]
        assert (enrolment.state, enrolment.plan_version, item.state) == (EnrolmentState.ACTIVE, 7, ItemState.IN_FORCE)


class TestLate:
    def test_a_step_that_takes_too_long_is_shown_to_the_county_until_it_goes_on_PROCESS_7(self, story: Story) -> None:
        enrolment = story.accepted()
        watch(story, minutes=59)
        assert late(story) == []
        for _ in range(2):
            watch(story, minutes=60)
        (shown,) = late(story)
        assert shown.enrolment == f"enrolments/{enrolment.id}"
        assert (shown.client_id, shown.package_code) == (str(story.client_id), "FAMILY_CENTRE")
        assert shown.step == enrolment_pb2.EXPANSION_STEP_ENVELOPE
        story.hear(story.reserved(enrolment))
        assert late(story) == []
        watch(story, minutes=1)
        (item,) = story.session.execute(select(work_item)).all()
        assert item.done_at == story.now + timedelta(minutes=1)

    def test_people_have_weeks_to_put_the_plan_into_force_PROCESS_5(self, story: Story, expanding: Enrolment) -> None:
        story.hear(planned(story, expanding, 3))
        watch(story, days=20)
        assert late(story) == []
        watch(story, days=21)
        assert [one.step for one in late(story)] == [enrolment_pb2.EXPANSION_STEP_PLAN_ACTIVATION]
        story.hear(careplan.PlanActivated(plan=story.plan(expanding, 5)), story.funded(expanding))
        assert late(story) == []
        assert expanding.state is EnrolmentState.ACTIVE

    @pytest.mark.parametrize("heard_of", [False, True])
    def test_no_plan_in_time_fails_it_and_undoes_its_parts_ENROLMENT_5(
        self, story: Story, expanding: Enrolment, heard_of: bool
    ) -> None:
        if heard_of:
            story.hear(planned(story, expanding, 3))
        watch(story, days=59)
        assert expanding.state is EnrolmentState.EXPANDING
        watch(story, days=60)
        assert (expanding.state, expanding.reason) == (EnrolmentState.FAILED, "PLAN_NOT_IN_TIME")
        assert len(story.told(facts.EnrolmentFailed)) == 1
        watch(story, days=61)
        assert late(story) == []

    def test_money_that_is_waited_for_never_fails_by_itself_ENROLMENT_5(
        self, story: Story, expanding: Enrolment
    ) -> None:
        story.hear(careplan.PlanActivated(plan=story.plan(expanding, 5)))
        watch(story, days=400)
        assert (expanding.state, expanding.step) == (EnrolmentState.EXPANDING, Step.FUNDING)
        assert len(late(story)) == 1

    def test_the_county_and_the_client_may_give_an_expansion_up_PROCESS_7(
        self, story: Story, expanding: Enrolment
    ) -> None:
        cancel_enrolment(
            story.session, enrolment_id=expanding.id, reason="late", etag="", caller=story.official, now=story.now
        )
        assert expanding.state is EnrolmentState.CANCELLED
        again = story.accept(story.propose(story.package_of(expanding)))
        withdraw_enrolment(story.session, enrolment_id=again.id, etag="", now=story.now)
        assert again.state is EnrolmentState.WITHDRAWN
        story.hear(story.reserved(again), planned(story, expanding, 3), story.funded(expanding))
        assert [one.state for one in (expanding, again)] == [EnrolmentState.CANCELLED, EnrolmentState.WITHDRAWN]


class TestGone:
    @pytest.mark.parametrize(
        ("kind", "status"),
        [
            (client.ClientMovedOut, client_pb2.CLIENT_STATE_MOVED_OUT),
            (client.ClientDeceased, client_pb2.CLIENT_STATE_DECEASED),
        ],
    )
    @pytest.mark.parametrize("stage", ["proposed", "accepted", "expanding", "active"])
    def test_what_has_not_ended_is_cancelled_PROCESS_D3(self, story: Story, kind: Any, status: Any, stage: str) -> None:
        enrolment = story.at(stage)
        left = gone(story, kind, status)
        story.hear(left, left)
        assert (enrolment.state, enrolment.reason) == (EnrolmentState.CANCELLED, "CLIENT_CLOSED")
        assert len(story.told(facts.EnrolmentCancelled)) == 1
        assert {one.state for one in enrolment.items} <= {ItemState.CANCELLED, ItemState.NOT_TAKEN}

    def test_a_correction_heard_first_keeps_the_enrolment_PROCESS_D3(self, story: Story) -> None:
        enrolment = story.active()
        back = gone(story, client.ClientStatusCorrected, client_pb2.CLIENT_STATE_ACTIVE, version=3)
        story.hear(back, gone(story, client.ClientMovedOut, client_pb2.CLIENT_STATE_MOVED_OUT))
        assert enrolment.state is EnrolmentState.ACTIVE

    def test_money_that_comes_after_the_client_left_brings_nothing_back_PROCESS_D3(self, story: Story) -> None:
        enrolment = story.accepted()
        story.hear(gone(story, client.ClientDeceased, client_pb2.CLIENT_STATE_DECEASED), story.reserved(enrolment))
        story.hear(voucher.EnvelopeRefused(enrolment_id=str(enrolment.id), reason="BUDGET_EXHAUSTED"))
        assert enrolment.state is EnrolmentState.CANCELLED


class TestPlan:
    def ended(self, story: Story, enrolment: Enrolment, done: set[str], version: int = 9) -> careplan.PlanFacts:
        told = story.plan(enrolment, version)
        for service in told.services:
            finished = service.item_code in done
            service.state = plan_pb2.PLAN_SERVICE_STATE_COMPLETED if finished else plan_pb2.PLAN_SERVICE_STATE_CANCELLED
        return told

    def test_services_done_or_cancelled_complete_it_ENROLMENT_6(self, story: Story) -> None:
        enrolment = story.active()
        told = careplan.PlanVersionActivated(plan=self.ended(story, enrolment, {"SOC-FAM-WORK"}))
        story.hear(told, told)
        states = {one.item_code: one.state for one in enrolment.items}
        assert (states["SOC-FAM-WORK"], states["HLT-SCHOOL"]) == (ItemState.COMPLETED, ItemState.CANCELLED)
        assert len(story.told(facts.EnrolmentCompleted)) == 1

    @pytest.mark.parametrize(
        ("done", "state"),
        [
            ({"SOC-FAM-WORK", "HLT-SCHOOL"}, EnrolmentState.COMPLETED),
            ({"SOC-FAM-WORK", "HLT-OT"}, EnrolmentState.CANCELLED),
        ],
    )
    def test_a_closed_plan_ends_its_enrolments_ENROLMENT_7(
        self, story: Story, done: set[str], state: EnrolmentState
    ) -> None:
        enrolment = story.active()
        closed = careplan.PlanClosed(plan=self.ended(story, enrolment, done))
        story.hear(closed, closed)
        assert enrolment.state is state
        assert {one.item_code for one in enrolment.items if one.state is ItemState.COMPLETED} == done

    def test_deliveries_heard_of_before_their_service_was_linked_count_PROCESS_2(
        self, story: Story, expanding: Enrolment
    ) -> None:
        early = story.delivered(expanding, "HLT-OT", 4)
        story.hear(early, early, careplan.PlanActivated(plan=story.plan(expanding, 5)))
        story.hear(story.delivered(expanding, "HLT-OT", 1), early)
        assert {one.item_code: one.units_delivered for one in expanding.items}["HLT-OT"] == 5
