"""Limits of notifications, applications, granted services and therapies, and the county's work list of them."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import grpc
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.client.bus import ClientBus
from services.client.domain.rules import Rules
from sote.careplan.v1 import events_pb2 as careplan
from sote.client.v1 import (
    assessment_pb2,
    assessment_service_pb2,
    contact_pb2,
    contact_service_pb2,
    decision_pb2,
    decision_service_pb2,
)
from sote.client.v1 import client_service_pb2 as clients
from sote.client.v1 import deadline_service_pb2 as pb
from sote.client.v1 import decision_service_pb2 as decisions
from tests.builders.client.bus import apply_fact
from tests.builders.client.county import P02, PSYCHOLOGIST, Hands, answers, day, recommended, request_id

Code = grpc.StatusCode
Refused = Callable[..., tuple[grpc.StatusCode, str]]
BUS = type("Bus", (ClientBus,), {"rules": Rules()})()
DISABILITY = [assessment_pb2.ASSESSMENT_GROUND_DISABILITY_SERVICES]
CHILD_WELFARE = [assessment_pb2.ASSESSMENT_GROUND_CHILD_WELFARE]
HOME = recommended("SOC-FAM-HOME", "VOUCHER", 20, "2025-02-01", "2025-06-30")


def listed(hands: Hands, state: str = "", **asked: Any) -> list[Any]:
    """The work list, or a part of it."""
    if state:
        asked["state"] = assessment_pb2.DeadlineState.Value(f"DEADLINE_STATE_{state}")
    return list(hands.call(pb.ListDeadlinesRequest(**asked)).deadlines)


def named(found: list[Any]) -> list[tuple[str, Any]]:
    """Milestone and last day of each."""
    name = assessment_pb2.DeadlineMilestone.Name
    return [(name(one.milestone).removeprefix("DEADLINE_MILESTONE_"), one.due_date) for one in found]


def notified(hands: Hands, client: Any, **more: Any) -> Any:
    return hands.call(
        contact_service_pb2.RecordContactRequest(
            client_id=client.uid,
            channel=contact_pb2.CONTACT_CHANNEL_PHONE,
            initiator=contact_pb2.CONTACT_INITIATOR_NOTIFICATION,
            child_welfare=True,
            **more,
        )
    )


def granted(hands: Hands, assessment: Any, service: str = "SOC-FAM-HOME") -> Any:
    return hands.call(
        decision_service_pb2.MakeDecisionRequest(
            assessment_id=assessment.uid,
            service_code=service,
            outcome=decision_pb2.DECISION_OUTCOME_GRANTED,
            units=20,
            from_date=day("2025-02-01"),
            to_date=day("2025-06-30"),
            grounds="needed",
            applied_for=True,
        )
    )


def deliver(hands: Hands, session: Session, client_id: str, service: str, on: str, *, conforms: bool = True) -> None:
    told = careplan.DeliveryRecorded(
        delivery_id=str(uuid4()),
        client_id=client_id,
        service_code=service,
        service_date=day(on),
        units=1,
        conforms=conforms,
    )
    apply_fact(session, told, hands.at, bus=BUS)
    session.commit()


def facts(session: Session) -> list[str]:
    query = text("select routing_key from outbox where routing_key like '%.Deadline%' order by id")
    return [key.rsplit(".", 1)[1] for key in session.scalars(query)]


def test_CW_DECIDE_runs_from_the_notification_until_an_assessment_is_initiated_LIMIT_9(hands: Hands) -> None:
    child, other = hands.register(), hands.register("010594Y9032")
    first, _ = notified(hands, child), notified(hands, other)
    assert named(listed(hands, client_id=child.uid)) == [("DECIDE_ON_ASSESSMENT", day("2025-01-16"))]
    hands.go_to("2025-01-10")
    notified(hands, child)
    assert len(listed(hands, milestone=assessment_pb2.DEADLINE_MILESTONE_DECIDE_ON_ASSESSMENT)) == 3
    request = assessment_service_pb2.InitiateAssessmentRequest(
        client_id=child.uid, contact_id=first.uid, grounds=CHILD_WELFARE
    )
    hands.call(request)
    assert named(listed(hands, client_id=child.uid)) == [("COMPLETE", day("2025-04-07"))]
    (mine,) = listed(hands, milestone=assessment_pb2.DEADLINE_MILESTONE_DECIDE_ON_ASSESSMENT)
    assert (mine.client_id, mine.assessment_id) == (other.uid, "")


def test_CW_DECIDE_an_assessment_of_something_else_ends_only_the_limit_of_its_own_contact_LIMIT_9(hands: Hands) -> None:
    child = hands.register()
    first, second = notified(hands, child), notified(hands, child)
    hands.call(assessment_service_pb2.InitiateAssessmentRequest(client_id=child.uid, contact_id=first.uid))
    left = listed(hands, client_id=child.uid, milestone=assessment_pb2.DEADLINE_MILESTONE_DECIDE_ON_ASSESSMENT)
    assert [one.contact_id for one in left] == [second.uid]


def test_a_notification_of_a_child_tells_which_child_CLIENT_1(hands: Hands, refused: Refused) -> None:
    nobody = contact_service_pb2.RecordContactRequest(
        channel=contact_pb2.CONTACT_CHANNEL_PHONE,
        initiator=contact_pb2.CONTACT_INITIATOR_NOTIFICATION,
        child_welfare=True,
    )
    assert refused(nobody) == (Code.INVALID_ARGUMENT, "INVALID_REQUEST")
    nobody.prospect.person.given_name = "A child"
    made = hands.call(nobody)
    assert named(listed(hands, client_id=made.client_id)) == [("DECIDE_ON_ASSESSMENT", day("2025-01-16"))]


def test_DIS_DECISION_runs_on_until_it_is_decided_LIMIT_10(hands: Hands) -> None:
    client = hands.register()
    made = hands.completed(client, HOME, grounds=DISABILITY)
    assert made.deadline_rules == ["ASM-START-DIS", "ASM-COMPLETE-ALL", "DIS-DECISION"]
    assert named(listed(hands)) == [("DECIDE", day("2025-04-07"))]
    hands.go_to("2025-02-03")
    repeated = hands.call(
        assessment_service_pb2.InitiateAssessmentRequest(
            client_id=client.uid, grounds=DISABILITY, repeat_reason="it changed"
        )
    )
    granted(hands, made)
    left = listed(hands, milestone=assessment_pb2.DEADLINE_MILESTONE_DECIDE)
    assert [one.assessment_id for one in left] == [repeated.uid], "its own application is decided on its own"


def test_SOC_IMPLEMENT_ends_with_the_first_conforming_delivery_by_its_day_LIMIT_11(
    hands: Hands, own_session: Session
) -> None:
    made = hands.completed(hands.register(), HOME)
    hands.go_to("2025-02-03")
    granted(hands, made)
    granted(hands, made, "HLT-PHYSIO")
    (mine,) = listed(hands)
    assert (named([mine]), mine.service_codes) == ([("IMPLEMENT", day("2025-04-07"))], ["SOC-FAM-HOME"])
    assert [one.due_date for one in hands.call(assessment_service_pb2.GetAssessmentRequest(name=made.name)).deadlines][
        -1
    ] == day("2025-04-07")
    hands.go_to("2025-04-10")
    for service, on, conforms in [
        ("SOC-FAM-HOME", "2025-01-31", True),
        ("HLT-PHYSIO", "2025-04-03", True),
        ("SOC-FAM-HOME", "2025-04-03", False),
    ]:
        deliver(hands, own_session, made.client_id, service, on, conforms=conforms)
    assert named(listed(hands, "MISSED")) == [("IMPLEMENT", day("2025-04-07"))]
    deliver(hands, own_session, made.client_id, "SOC-FAM-HOME", "2025-04-04")
    assert (listed(hands), facts(own_session)) == ([], [])
    ended = hands.call(pb.GetDeadlineRequest(name=mine.name))
    assert (ended.ended_date, ended.end) == (day("2025-04-04"), assessment_pb2.DEADLINE_END_REACHED)
    deliver(hands, own_session, made.client_id, "SOC-FAM-HOME", "2025-04-09")
    assert hands.call(pb.GetDeadlineRequest(name=mine.name)) == ended


def test_SOC_IMPLEMENT_falls_away_with_the_grant_and_begins_with_a_new_one_LIMIT_11(hands: Hands) -> None:
    decision = granted(hands, hands.completed(hands.register(), HOME))
    hands.go_to("2025-01-20")
    ended = decisions.ChangeDecisionRequest(
        name=decision.name,
        outcome=decision_pb2.DECISION_OUTCOME_REJECTED,
        effective_date=day("2025-01-20"),
        grounds="moved in with a relative",
    )
    hands.call(ended)
    (fallen,) = listed(hands, "ENDED", milestone=assessment_pb2.DEADLINE_MILESTONE_IMPLEMENT)
    assert fallen.end == assessment_pb2.DEADLINE_END_FELL_AWAY
    again = decisions.ChangeDecisionRequest(
        name=decision.name,
        outcome=decision_pb2.DECISION_OUTCOME_PARTLY,
        units=10,
        from_date=day("2025-02-01"),
        to_date=day("2025-06-30"),
        effective_date=day("2025-01-20"),
        grounds="the appeal is right",
    )
    hands.call(again)
    assert named(listed(hands)) == [("IMPLEMENT", day("2025-04-22"))], "20 April is Easter Day"


def found_need(hands: Hands, client: Any, **more: Any) -> Any:
    request = hands.completion(hands.started(client, **more))
    del request.answers[:]
    request.answers.extend(answers(MENTAL_HEALTH=2))
    request.participants.append(PSYCHOLOGIST)
    return hands.call(request)


def test_THERAPY_28D_runs_from_the_need_found_until_a_therapy_begins_LIMIT_13(
    hands: Hands, own_session: Session
) -> None:
    hands.go_to("2025-05-05")
    young, grown = hands.register(), hands.register("010190-999W")
    found_need(hands, young)
    found_need(hands, grown)
    (mine,) = listed(hands)
    assert (mine.client_id, named([mine])) == (young.uid, [("START_THERAPY", day("2025-06-02"))])
    hands.go_to("2025-05-12")
    found_need(hands, young, repeat_reason="it got worse")
    assert listed(hands) == [mine], "the need was found on the 5th"
    deliver(hands, own_session, young.uid, "HLT-GP", "2025-05-13")
    deliver(hands, own_session, young.uid, "HLT-PSY-NURSE", "2025-05-14")
    assert hands.call(pb.GetDeadlineRequest(name=mine.name)).ended_date == day("2025-05-14")


def test_THERAPY_28D_falls_away_when_the_need_is_found_no_more_LIMIT_13(hands: Hands) -> None:
    hands.go_to("2025-05-05")
    young = hands.register()
    found_need(hands, young)
    hands.completed(young, repeat_reason="it got better")
    (fallen,) = listed(hands, "ENDED", milestone=assessment_pb2.DEADLINE_MILESTONE_START_THERAPY)
    assert fallen.end == assessment_pb2.DEADLINE_END_FELL_AWAY


def test_limits_of_every_matter_are_told_ASSESSMENT_8(hands: Hands, own_session: Session) -> None:
    child = hands.register()
    notified(hands, child)
    hands.go_to("2025-01-14")
    BUS.announce_deadlines(own_session, hands.at)
    own_session.commit()
    assert named(listed(hands, "APPROACHING")) == [("DECIDE_ON_ASSESSMENT", day("2025-01-16"))]
    hands.go_to("2025-01-17")
    BUS.announce_deadlines(own_session, hands.at)
    own_session.commit()
    assert facts(own_session) == ["DeadlineApproaching", "DeadlineMissed"]
    assert (named(listed(hands, "MISSED")), listed(hands, "OPEN")) == (named(listed(hands)), [])


def test_the_work_list_comes_in_pages_the_nearest_first_ASSESSMENT_8(hands: Hands) -> None:
    for code in ("140318A913J", "010190-999W"):
        notified(hands, hands.register(code))
        hands.at = hands.at.replace(day=hands.at.day + 1)
    hands.call(assessment_service_pb2.InitiateAssessmentRequest(client_id=hands.register("010594Y9032").uid))
    whole, page = listed(hands), hands.call(pb.ListDeadlinesRequest(page_size=2))
    assert [one.due_date for one in whole] == [day("2025-01-16"), day("2025-01-17"), day("2025-04-09")]
    rest = hands.call(pb.ListDeadlinesRequest(page_size=2, page_token=page.next_page_token))
    assert ([*page.deadlines, *rest.deadlines], rest.next_page_token) == (whole, "")


def test_an_official_ends_what_no_act_ends_LIMIT_5(hands: Hands, refused: Refused) -> None:
    child = hands.register()
    notified(hands, child)
    hands.call(assessment_service_pb2.InitiateAssessmentRequest(client_id=child.uid))
    notification, completion = listed(hands)
    ending = pb.EndDeadlineRequest(
        name=notification.name,
        end=assessment_pb2.DEADLINE_END_REACHED,
        reason="no assessment is needed",
        request_id=request_id(),
    )
    assert refused(ending, organisation=P02) == (Code.FAILED_PRECONDITION, "OFFICIAL_REQUIRED")
    ended = hands.call(ending)
    assert (ended.state, ended.ended_date) == (assessment_pb2.DEADLINE_STATE_ENDED, day("2025-01-07"))
    assert hands.call(ending) == ended
    ending.request_id = ""
    assert refused(ending) == (Code.FAILED_PRECONDITION, "DEADLINE_ENDED")
    ending.name = completion.name
    assert refused(ending) == (Code.FAILED_PRECONDITION, "DEADLINE_NOT_BY_HAND")
    ending.name = f"deadlines/{P02}"
    assert refused(ending) == (Code.NOT_FOUND, "DEADLINE_UNKNOWN")


def test_the_limits_of_who_left_fall_away_PROCESS_D6(hands: Hands) -> None:
    child = hands.register()
    notified(hands, child)
    granted(hands, hands.completed(child, HOME))
    assert len(listed(hands)) == 2
    hands.call(clients.RecordDeathRequest(name=child.name, deceased_date=day("2025-01-07")), role="SYS")
    assert listed(hands) == []
    notified(hands, child)
    assert listed(hands) == []


@pytest.mark.parametrize(
    "change",
    [
        "contact_id = null",
        "decision_id = null, milestone = 'IMPLEMENT'",
        "ended_date = due_date",
        "\"end\" = 'REACHED'",
    ],
)
def test_the_database_admits_no_other_limit_LIMIT_3(change: str, hands: Hands, own_session: Session) -> None:
    notified(hands, hands.register())
    with pytest.raises(IntegrityError):
        own_session.execute(text(f"update deadline set {change}"))
