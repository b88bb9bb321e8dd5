"""ASSESSMENT-8: deadlines of assessments are told when they approach and when they are missed, each once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from services.chassis.database import sessions_from
from sote.client.v1 import assessment_pb2, assessment_service_pb2, events_pb2
from sote.type.v1.section_pb2 import GetSectionsRequest
from tests.builders.client.county import Hands, day
from tests.builders.client.deadlines import BUS, tick, told

CHILD = [assessment_pb2.ASSESSMENT_GROUND_CHILD_SPECIAL_SUPPORT]


def initiated(hands: Hands) -> Any:
    return hands.call(assessment_service_pb2.InitiateAssessmentRequest(client_id=hands.register().uid, grounds=CHILD))


def test_story_1_a_deadline_approaches_two_weekdays_before_and_is_missed_the_day_after_ASSESSMENT_8(
    hands: Hands, own_session: Session
) -> None:
    made = initiated(hands)
    start, complete = made.deadlines
    assert (start.milestone, start.due_date) == (assessment_pb2.DEADLINE_MILESTONE_START, day("2025-01-16"))
    assert (complete.due_date, list(complete.rule_codes)) == (day("2025-04-07"), ["ASM-COMPLETE-CHILD"])
    assert tick(hands, own_session, "2025-01-13") == []
    for on in ("2025-01-14", "2025-01-15", "2025-01-16"):
        assert tick(hands, own_session, on) == ["DeadlineApproaching"]
    for on in ("2025-01-17", "2025-01-20"):
        assert tick(hands, own_session, on) == ["DeadlineApproaching", "DeadlineMissed"]
    start = hands.call(assessment_service_pb2.GetAssessmentRequest(name=made.name)).deadlines[0]
    assert start.HasField("warned_time")
    assert start.HasField("missed_time")
    assert not start.HasField("ended_date")


def test_the_record_shows_what_was_told_ASSESSMENT_8(hands: Hands, own_session: Session) -> None:
    made = initiated(hands)
    tick(hands, own_session, "2025-01-14")
    reply = hands.call(GetSectionsRequest(client_ids=[made.client_id]))
    assert b"ASM-START-CHILD" in reply.sections[0].body
    assert hands.call(assessment_service_pb2.GetAssessmentRequest(name=made.name)).deadlines[0].HasField("warned_time")


def test_what_started_and_completed_in_time_is_not_missed_ASSESSMENT_8(hands: Hands, own_session: Session) -> None:
    made = hands.completed(hands.register(), grounds=CHILD)
    assert [each.ended_date for each in made.deadlines] == [day("2025-01-07")] * 2
    assert tick(hands, own_session, "2025-06-02") == []


def test_a_late_start_is_a_miss_even_before_the_timer_runs_and_blocks_nothing_ASSESSMENT_8(
    hands: Hands, own_session: Session
) -> None:
    made = initiated(hands)
    hands.go_to("2025-01-20")
    late = hands.call(hands.starting(made))
    assert late.started_late
    assert told(own_session) == ["DeadlineMissed"]
    own_session.commit()
    assert tick(hands, own_session, "2025-01-21") == ["DeadlineMissed"]


def test_a_cancelled_assessment_has_no_deadlines_left_ASSESSMENT_5(hands: Hands, own_session: Session) -> None:
    made = initiated(hands)
    reason = assessment_pb2.ASSESSMENT_CANCEL_REASON_CLIENT_WITHDREW
    hands.call(assessment_service_pb2.CancelAssessmentRequest(name=made.name, reason=reason))
    assert tick(hands, own_session, "2025-06-02") == []


def test_two_timers_at_once_tell_once_ASSESSMENT_8(hands: Hands, own_session: Session, own_engine: Engine) -> None:
    initiated(hands)
    hands.go_to("2025-01-14")

    def run(_: int) -> None:
        with sessions_from(own_engine).begin() as session:
            BUS.announce_deadlines(session, hands.at)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, range(4)))
    assert told(own_session) == ["DeadlineApproaching"]


def test_the_facts_of_deadlines_hold_ids_days_and_codes_only_INV_25(hands: Hands, own_session: Session) -> None:
    made = initiated(hands)
    tick(hands, own_session, "2025-01-14")
    body = own_session.scalar(text("select body from outbox where routing_key like '%DeadlineApproaching'"))
    facts = events_pb2.DeadlineApproaching.FromString(body).deadline
    assert (facts.assessment_id, facts.client_id, facts.version) == (made.uid, made.client_id, 1)
    assert facts.due_date == day("2025-01-16")


def test_the_timer_reaches_everybody_in_rounds_PROCESS_7(hands: Hands, own_session: Session, monkeypatch: Any) -> None:
    monkeypatch.setattr("services.client.operations.deadlines.announce_deadlines.AT_ONCE", 1)
    for code in ("140318A913J", "010190-999W"):
        hands.call(assessment_service_pb2.InitiateAssessmentRequest(client_id=hands.register(code).uid, grounds=CHILD))
    assert tick(hands, own_session, "2025-01-14") == ["DeadlineApproaching"]
    assert tick(hands, own_session, "2025-01-14") == ["DeadlineApproaching"] * 2
