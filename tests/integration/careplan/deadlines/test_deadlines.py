"""Days by which somebody must have acted: kept with plans and steps, told once, listed (PLAN-18, CHAIN-9, S2.13)."""

from datetime import date
from typing import Any

import pytest

from services.careplan.domain.consultations.consultation import ConsultationState
from services.careplan.domain.terms import ReviewCause
from services.careplan.operations.consultations.resolve_objection import resolve_objection
from services.careplan.operations.consultations.time_out_consultations import time_out_consultations
from services.careplan.operations.deadlines.warn_of_deadlines import warn_of_deadlines
from services.careplan.operations.lifecycle.start_review import start_review
from services.careplan.views.deadlines import list_deadlines
from sote.careplan.v1 import deadline_pb2
from sote.careplan.v1 import deadline_service_pb2 as rpc
from sote.careplan.v1.events_pb2 import DeadlineApproaching, DeadlineMissed
from tests.builders.careplan.acts import (
    acknowledge,
    activate,
    active_plan,
    answer,
    consult,
    draft,
    edit,
    own_work,
    support,
)
from tests.builders.careplan.county import World

pytestmark = pytest.mark.integration
Subject = deadline_pb2.DeadlineSubject


def tell(world: World, on: date) -> list[str]:
    """The timer runs twice on a day; gives all that was told so far, such as "MISSED OBJECTION 2025-03-06"."""
    for _ in range(2):
        warn_of_deadlines(world.session, rules=world.rules, now=world.at(on).now)
        world.session.flush()
    return [
        f"{word} {Subject.Name(one.subject).removeprefix('DEADLINE_SUBJECT_')} {one.due_date.month}-{one.due_date.day}"
        for word, kind in (("APPROACHING", DeadlineApproaching), ("MISSED", DeadlineMissed))
        for one in (fact.deadline for fact in world.announced(kind))
    ]


def listed(world: World, who: str, **more: Any) -> list[str]:
    request = rpc.ListDeadlinesRequest(**more)
    found = list_deadlines(world.session, request, world.caller(who)).deadlines
    return [Subject.Name(one.subject).removeprefix("DEADLINE_SUBJECT_") for one in found]


def test_a_consultation_approaches_and_times_out_PLAN_18(world: World) -> None:
    world.assess()
    consult(world, edit(world, draft(world), [support(world)]))
    assert tell(world, date(2025, 2, 25)) == []
    assert tell(world, date(2025, 2, 26)) == ["APPROACHING CONSULTATION 2-28"]
    world.at(date(2025, 3, 1))
    time_out_consultations(world.session, now=world.now)
    assert tell(world, date(2025, 3, 1)) == ["APPROACHING CONSULTATION 2-28", "MISSED CONSULTATION 2-28"]
    assert listed(world, "P01") == []


def test_an_acknowledgement_in_time_is_no_longer_waited_for_and_a_review_is_PLAN_18(world: World) -> None:
    plan = active_plan(world, [own_work(world), support(world)])
    assert sorted(listed(world, "P01")) == ["ACKNOWLEDGEMENT", "PLAN_REVIEW"]
    assert tell(world, date(2025, 2, 24)) == ["APPROACHING ACKNOWLEDGEMENT 2-26"]
    acknowledge(world, plan, "P10")
    assert listed(world, "P01") == ["PLAN_REVIEW"]
    assert tell(world, date(2025, 8, 19))[1:] == ["MISSED PLAN_REVIEW 8-18"]
    assert listed(world, "P01", missed_only=True) == ["PLAN_REVIEW"]


def test_a_new_version_is_reviewed_later_PLAN_18(world: World) -> None:
    plan = active_plan(world, [own_work(world)])
    world.at(date(2025, 6, 2))
    start_review(
        world.session, plan_id=plan.id, etag="", cause=ReviewCause.SCHEDULED, caller=world.caller("P01"), now=world.now
    )
    edit(world, plan, [own_work(world, 40)], remove_services=[plan.services[0].id])
    activate(world, plan, first=False)
    assert listed(world, "P01") == ["PLAN_REVIEW"]
    assert tell(world, date(2025, 8, 19)) == []
    assert tell(world, date(2025, 11, 30)) == ["MISSED PLAN_REVIEW 11-29"]


def test_an_objection_nobody_resolved_in_five_weekdays_is_on_the_countys_list_S2_13_PROCESS_E1(world: World) -> None:
    world.assess()
    (request,) = consult(world, edit(world, draft(world), [support(world)]))
    answer(world, request, ConsultationState.OBJECTED, "Too little for the need.")
    assert "MISSED OBJECTION 2-26" not in tell(world, date(2025, 2, 26))
    assert "MISSED OBJECTION 2-26" in tell(world, date(2025, 2, 27))
    asked: dict[str, Any] = {"subject": deadline_pb2.DEADLINE_SUBJECT_OBJECTION, "missed_only": True}
    assert (listed(world, "P01", **asked), listed(world, "P10", **asked)) == (["OBJECTION"], [])
    resolve_objection(
        world.session,
        consultation_id=request.id,
        etag="",
        resolution="Reviewed in May.",
        caller=world.caller("P01"),
        now=world.now,
    )
    assert listed(world, "P01", **asked) == []
