"""Assessments, decisions and guidance through the api: the refusals, the races, and what follows from what."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import grpc
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from sote.client.v1 import (
    assessment_pb2,
    assessment_service_pb2,
    client_pb2,
    contact_pb2,
    contact_service_pb2,
    decision_pb2,
    decision_service_pb2,
    events_pb2,
    guidance_pb2,
    guidance_service_pb2,
    team_pb2,
    team_service_pb2,
)
from sote.client.v1 import client_service_pb2 as pb
from sote.type.v1 import care_pb2
from tests.builders.client.county import (
    P01,
    P02,
    PSYCHOLOGIST,
    SOCIAL_WORKER,
    U10,
    Hands,
    answers,
    day,
    professional,
    recommended,
)

Code = grpc.StatusCode
Refused = Callable[..., tuple[grpc.StatusCode, str]]
PHYSIO = recommended("HLT-PHYSIO", "VOUCHER", 5, "2025-03-03", "2025-04-11")


def decision(assessment_id: str, **changes: object) -> decision_service_pb2.MakeDecisionRequest:
    request = decision_service_pb2.MakeDecisionRequest(
        assessment_id=assessment_id,
        service_code="HLT-PHYSIO",
        outcome=decision_pb2.DECISION_OUTCOME_GRANTED,
        units=5,
        from_date=day("2025-03-03"),
        to_date=day("2025-04-11"),
        grounds="needed",
    )
    request.MergeFrom(decision_service_pb2.MakeDecisionRequest(**changes))  # type: ignore[arg-type]
    return request


def test_one_assessment_at_a_time_ASSESSMENT_1(hands: Hands, refused: Refused) -> None:
    client = hands.register()
    request = assessment_service_pb2.InitiateAssessmentRequest(client_id=client.uid)
    made = hands.call(request)
    assert refused(request) == (Code.ALREADY_EXISTS, "ASSESSMENT_OPEN")
    reason = assessment_pb2.ASSESSMENT_CANCEL_REASON_DUPLICATE
    hands.call(assessment_service_pb2.CancelAssessmentRequest(name=made.name, reason=reason))
    assert hands.call(request).state == assessment_pb2.ASSESSMENT_STATE_INITIATED


def test_of_ten_who_initiate_at_once_one_wins_ASSESSMENT_1(hands: Hands, own_session: Session) -> None:
    client = hands.register()

    def initiate(_: int) -> str:
        try:
            hands.call(assessment_service_pb2.InitiateAssessmentRequest(client_id=client.uid))
        except grpc.RpcError as error:
            return str(error.code())
        return "won"

    with ThreadPoolExecutor(10) as pool:
        outcomes = list(pool.map(initiate, range(10)))
    assert outcomes.count("won") == 1
    assert outcomes.count("StatusCode.ALREADY_EXISTS") == 9
    assert own_session.scalar(text("select count(*) from assessment")) == 1


def test_a_contact_of_another_client_is_refused_ASSESSMENT_1(hands: Hands, refused: Refused) -> None:
    other, client = hands.register("010594Y9032"), hands.register()
    contact = hands.call(
        contact_service_pb2.RecordContactRequest(
            client_id=other.uid,
            channel=contact_pb2.CONTACT_CHANNEL_VISIT,
            initiator=contact_pb2.CONTACT_INITIATOR_SELF,
        )
    )
    request = assessment_service_pb2.InitiateAssessmentRequest(client_id=client.uid, contact_id=contact.uid)
    assert refused(request) == (Code.FAILED_PRECONDITION, "CONTACT_OF_ANOTHER_CLIENT")


def test_a_recent_assessment_is_used_again_unless_repeating_is_justified_S1_09(hands: Hands, refused: Refused) -> None:
    client = hands.register()
    first = hands.completed(client, PHYSIO)
    request = assessment_service_pb2.InitiateAssessmentRequest(client_id=client.uid)
    hands.go_to("2025-04-06")
    assert refused(request) == (Code.FAILED_PRECONDITION, "ASSESSMENT_RECENT")
    hands.go_to("2025-04-07")
    reason = assessment_pb2.ASSESSMENT_CANCEL_REASON_OBVIOUSLY_UNNECESSARY
    hands.call(assessment_service_pb2.CancelAssessmentRequest(name=hands.call(request).name, reason=reason))
    hands.go_to("2025-01-08")
    hands.completed(client, PHYSIO, repeat_reason="the situation changed at once")
    assert (
        hands.call(assessment_service_pb2.GetAssessmentRequest(name=first.name)).state
        == assessment_pb2.ASSESSMENT_STATE_SUPERSEDED
    )
    listed = hands.call(assessment_service_pb2.ListAssessmentsRequest(client_id=client.uid, page_size=2))
    assert listed.assessments[0].uid == first.uid
    assert not listed.assessments[0].HasField("narrative")
    rest = hands.call(
        assessment_service_pb2.ListAssessmentsRequest(
            client_id=client.uid, page_size=2, page_token=listed.next_page_token
        )
    )
    assert (len(rest.assessments), rest.next_page_token) == (1, "")


def test_only_the_county_enterprise_assesses_and_decides_S2_16(hands: Hands, refused: Refused) -> None:
    client = hands.register()
    made = hands.call(assessment_service_pb2.InitiateAssessmentRequest(client_id=client.uid))
    start = assessment_service_pb2.StartAssessmentRequest(
        name=made.name, team_id=hands.team().uid, lead_professional_id="T1-SW1", mode=care_pb2.DELIVERY_MODE_AT_HOME
    )
    assert refused(start, organisation=P02) == (Code.FAILED_PRECONDITION, "ASSESSOR_NOT_ALLOWED")
    assert refused(start, role="HOP", organisation=P02) == (Code.PERMISSION_DENIED, "ROLE_NOT_ALLOWED")
    unknown = refused(start, organisation="00000000-0000-4000-8000-00000000ffff")
    assert unknown == (Code.UNAVAILABLE, "NOT_YET")
    hands.call(start)
    hands.call(hands.completion(made, PHYSIO))
    assert refused(decision(made.uid), organisation=P02) == (Code.FAILED_PRECONDITION, "OFFICIAL_REQUIRED")
    assert refused(decision(made.uid), role="CSP") == (Code.PERMISSION_DENIED, "OFFICIAL_REQUIRED")


def test_an_active_team_whose_social_worker_leads_when_special_support_is_needed_ASSESSMENT_2(
    hands: Hands, refused: Refused
) -> None:
    client = hands.register()
    hands.call(
        pb.SetAttentionRequest(
            name=client.name,
            kind=care_pb2.ATTENTION_KIND_SPECIAL_SUPPORT,
            reason="why",
            decided_by=SOCIAL_WORKER,
        )
    )
    made = hands.call(assessment_service_pb2.InitiateAssessmentRequest(client_id=client.uid))
    assert made.start_due == day("2025-01-16"), "a child flagged SPECIAL_SUPPORT needs no ground told"
    forming = hands.team(SOCIAL_WORKER)
    start = assessment_service_pb2.StartAssessmentRequest(
        name=made.name, team_id=forming.uid, lead_professional_id="T1-SW1", mode=care_pb2.DELIVERY_MODE_AT_HOME
    )
    assert refused(start) == (Code.FAILED_PRECONDITION, "TEAM_NOT_ACTIVE")
    start.team_id, start.lead_professional_id = hands.team().uid, "T1-SC1"
    assert refused(start) == (Code.FAILED_PRECONDITION, "SOCIAL_WORKER_REQUIRED")
    start.lead_professional_id = "stranger"
    assert refused(start) == (Code.FAILED_PRECONDITION, "LEAD_NOT_IN_TEAM")
    start.lead_professional_id = "T1-SW1"
    hands.go_to("2025-01-17")
    assert hands.call(start).started_late
    assert refused(start) == (Code.FAILED_PRECONDITION, "ILLEGAL_TRANSITION")


def test_it_waits_and_goes_on_ASSESSMENT_3(hands: Hands, refused: Refused) -> None:
    begun = hands.started(hands.register())
    waiting = hands.call(assessment_service_pb2.PauseAssessmentRequest(name=begun.name, reason="the school's view"))
    assert waiting.waiting_reason == "the school's view"
    assert refused(hands.completion(begun, PHYSIO)) == (Code.FAILED_PRECONDITION, "ILLEGAL_TRANSITION")
    stale = assessment_service_pb2.ResumeAssessmentRequest(name=begun.name, etag=begun.etag)
    assert refused(stale) == (Code.ABORTED, "VERSION_CONFLICT")
    assert hands.call(assessment_service_pb2.ResumeAssessmentRequest(name=begun.name)).waiting_reason == ""


def test_a_complete_assessment_or_a_typed_refusal_ASSESSMENT_4(hands: Hands, refused: Refused) -> None:
    begun = hands.started(hands.register())
    request = hands.completion(begun, PHYSIO)
    del request.answers[3]
    assert refused(request) == (Code.FAILED_PRECONDITION, "ASSESSMENT_INCOMPLETE")
    unknown = hands.completion(begun, recommended("SOC-NONE", "OWN", 1, "2025-03-03", "2025-03-04"))
    assert refused(unknown) == (Code.FAILED_PRECONDITION, "SERVICE_UNKNOWN")
    own = hands.completion(begun, recommended("SOC-NEURO-COACH", "OWN", 1, "2025-03-03", "2025-03-04"))
    assert refused(own) == (Code.FAILED_PRECONDITION, "ARRANGEMENT_NOT_ALLOWED")
    backwards = hands.completion(begun, recommended("HLT-OT", "OWN", 1, "2025-03-03", "2025-03-02"))
    assert refused(backwards) == (Code.INVALID_ARGUMENT, "PERIOD_INVALID")
    no_day = hands.completion(begun, PHYSIO)
    no_day.recommended[0].to_date.day = 31
    assert refused(no_day) == (Code.INVALID_ARGUMENT, "INVALID_REQUEST")
    assert hands.call(hands.completion(begun, PHYSIO)).narrative.conclusion == "as we see it"


def test_health_needs_take_a_health_professional_S1_10(hands: Hands, refused: Refused) -> None:
    client = hands.register()
    made = hands.call(assessment_service_pb2.InitiateAssessmentRequest(client_id=client.uid))
    hands.call(
        assessment_service_pb2.StartAssessmentRequest(
            name=made.name,
            team_id=hands.team().uid,
            lead_professional_id="T1-SW1",
            mode=care_pb2.DELIVERY_MODE_AT_CENTRE,
            performed_at_unit_id=str(U10),
        )
    )
    request = hands.completion(made, PHYSIO)
    del request.answers[:]
    request.answers.extend(answers(PHYSICAL_HEALTH=2))
    assert refused(request) == (Code.FAILED_PRECONDITION, "SECTOR_NOT_COVERED")
    request.participants.append(PSYCHOLOGIST)
    done = hands.call(request)
    assert [one.professional_id for one in done.participants] == ["T1-PSY1"]
    assert done.participants[0].organisation_id == str(P01)


def test_the_lead_changes_when_special_support_is_found_on_the_way_S1_14(hands: Hands, refused: Refused) -> None:
    client = hands.register()
    made = hands.call(assessment_service_pb2.InitiateAssessmentRequest(client_id=client.uid))
    hands.call(
        assessment_service_pb2.StartAssessmentRequest(
            name=made.name,
            team_id=hands.team().uid,
            lead_professional_id="T1-SC1",
            mode=care_pb2.DELIVERY_MODE_AT_HOME,
        )
    )
    hands.call(
        pb.SetAttentionRequest(
            name=client.name,
            kind=care_pb2.ATTENTION_KIND_SPECIAL_SUPPORT,
            reason="why",
            decided_by=SOCIAL_WORKER,
        )
    )
    request = hands.completion(made)
    assert refused(request) == (Code.FAILED_PRECONDITION, "SOCIAL_WORKER_REQUIRED")
    request.lead_professional_id = "T1-SW1"
    done = hands.call(request)
    assert (done.lead.professional_id, done.plan_needed) == ("T1-SW1", True)


def test_a_decision_rests_on_a_completed_assessment_that_recommends_ASSESSMENT_7(
    hands: Hands, refused: Refused
) -> None:
    client = hands.register()
    begun = hands.started(client)
    assert refused(decision(begun.uid)) == (Code.FAILED_PRECONDITION, "ILLEGAL_TRANSITION")
    hands.call(hands.completion(begun, PHYSIO))
    other = decision(begun.uid, service_code="HLT-OT")
    assert refused(other) == (Code.FAILED_PRECONDITION, "SERVICE_NOT_RECOMMENDED")
    unknown = decision(begun.uid, service_code="SOC-NONE", applied_for=True)
    assert refused(unknown) == (Code.FAILED_PRECONDITION, "SERVICE_UNKNOWN")
    endless = decision(begun.uid)
    endless.ClearField("to_date")
    assert refused(endless) == (Code.INVALID_ARGUMENT, "PERIOD_INVALID")
    made = hands.call(decision(begun.uid))
    assert hands.call(decision_service_pb2.GetDecisionRequest(name=made.name)) == made
    assert made.decided_by == "test-csw"
    assert refused(decision(begun.uid)) == (Code.ALREADY_EXISTS, "DECISION_EXISTS")
    rejected = hands.call(
        decision(begun.uid, service_code="HLT-OT", applied_for=True, outcome=decision_pb2.DECISION_OUTCOME_REJECTED)
    )
    assert (rejected.units, rejected.HasField("from_date")) == (0, False)


def test_guidance_for_a_choice_needs_its_client_and_its_options_S1_12(hands: Hands, refused: Refused) -> None:
    request = guidance_service_pb2.GiveGuidanceRequest(
        kind=guidance_pb2.GUIDANCE_KIND_GUIDANCE,
        channel=contact_pb2.CONTACT_CHANNEL_PHONE,
        language=client_pb2.LANGUAGE_SV,
    )
    assert hands.call(request).client_id == ""
    request.voucher_id = str(P02)
    assert refused(request) == (Code.FAILED_PRECONDITION, "CLIENT_REQUIRED")
    request.client_id = hands.register().uid
    assert refused(request) == (Code.FAILED_PRECONDITION, "OPTIONS_REQUIRED")


def test_teams_belong_to_the_enterprise_and_work_at_a_centre_S1_16(hands: Hands, refused: Refused) -> None:
    request = team_service_pb2.CreateTeamRequest(display_name="T9", attached_unit_ids=[str(U10)])
    assert refused(request, organisation=P02) == (Code.FAILED_PRECONDITION, "TEAM_OWNER_NOT_ALLOWED")
    nowhere = team_service_pb2.CreateTeamRequest(display_name="T9")
    assert refused(nowhere) == (Code.FAILED_PRECONDITION, "CENTRE_REQUIRED")
    early = team_service_pb2.CreateTeamRequest(display_name="T9", attached_unit_ids=[str(P02)])
    assert refused(early) == (Code.UNAVAILABLE, "NOT_YET")
    moving = team_service_pb2.CreateTeamRequest(display_name="T9", attached_unit_ids=[str(U10)], mobile=True)
    assert refused(moving) == (Code.FAILED_PRECONDITION, "AREA_REQUIRED")


def test_a_team_follows_its_composition_and_tells_it_S1_17(
    hands: Hands, refused: Refused, own_session: Session
) -> None:
    team = hands.team()
    leaving = team_service_pb2.RemoveTeamMemberRequest(name=team.name, professional_id="T1-SW1")
    assert hands.call(leaving).state == team_pb2.TEAM_STATE_INCOMPLETE
    assert refused(leaving) == (Code.NOT_FOUND, "MEMBER_UNKNOWN")
    joining = team_service_pb2.AddTeamMemberRequest(
        name=team.name, professional=professional("T1-SW2", "SOCIAL_WORKER")
    )
    assert hands.call(joining).state == team_pb2.TEAM_STATE_ACTIVE
    assert refused(joining) == (Code.ALREADY_EXISTS, "MEMBER_EXISTS")
    assert hands.call(team_service_pb2.CloseTeamRequest(name=team.name)).state == team_pb2.TEAM_STATE_CLOSED
    assert [one.uid for one in hands.call(team_service_pb2.ListTeamsRequest()).teams] == [team.uid]
    query = text("select body from outbox where routing_key = :name order by id")
    bodies = own_session.scalars(query, {"name": events_pb2.TeamStatusChanged.DESCRIPTOR.full_name})
    told = [events_pb2.TeamStatusChanged.FromString(bytes(body)).state for body in bodies]
    names = ["FORMING", "ACTIVE", "INCOMPLETE", "ACTIVE", "CLOSED"]
    assert told == [team_pb2.TeamState.Value(f"TEAM_STATE_{name}") for name in names]


@pytest.mark.parametrize("role", ["PRV", "STE", "OPS", "CON", "FIN", "CLI"])
def test_narratives_are_for_those_who_assess_ACCESS_3(role: str, hands: Hands, refused: Refused) -> None:
    begun = hands.started(hands.register())
    asked = assessment_service_pb2.GetAssessmentRequest(name=begun.name)
    assert refused(asked, role=role) == (Code.PERMISSION_DENIED, "ROLE_NOT_ALLOWED")
