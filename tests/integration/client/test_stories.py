"""Story 1 and control case C0 as far as the client service plays them."""

from typing import Any

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
    section_pb2,
    team_pb2,
)
from sote.client.v1 import client_service_pb2 as pb
from sote.type.v1 import care_pb2
from sote.type.v1.section_pb2 import GetSectionsRequest
from tests.builders.client.county import P02, P07, PSYCHOLOGIST, SOCIAL_WORKER, U10, Hands, answers, day, recommended

PERIOD = ("2025-03-03", "2025-08-31")


def facts(session: Session, kind: Any) -> list[Any]:
    """The facts of one kind in the outbox."""
    name = kind.DESCRIPTOR.full_name
    query = text("select body from outbox where routing_key = :name order by id")
    return [kind.FromString(bytes(row.body)) for row in session.execute(query, {"name": name})]


def section_of(hands: Hands, client_id: str) -> section_pb2.ClientSection:
    """The section as the gateway would ask for it."""
    metadata = hands.served.as_role("CSW")
    reply = hands.stubs[0].GetSections(GetSectionsRequest(client_ids=[client_id]), metadata=metadata, timeout=20)
    return section_pb2.ClientSection.FromString(reply.sections[0].body)


def pending(hands: Hands, child: Any) -> Any:
    """The parent asks the nurse at U10; the child needs special support."""
    contact = hands.call(
        contact_service_pb2.RecordContactRequest(
            client_id=child.uid,
            channel=contact_pb2.CONTACT_CHANNEL_VISIT,
            unit_id=str(U10),
            initiator=contact_pb2.CONTACT_INITIATOR_RELATIVE,
            text="parent asks the nurse",
        ),
        role="HSP",
        organisation=P02,
    )
    ground = assessment_pb2.ASSESSMENT_GROUND_CHILD_SPECIAL_SUPPORT
    return hands.call(
        assessment_service_pb2.InitiateAssessmentRequest(client_id=child.uid, contact_id=contact.uid, grounds=[ground])
    )


def support(hands: Hands, child: Any) -> None:
    """A social worker flags the child and becomes own-worker."""
    kind = care_pb2.ATTENTION_KIND_SPECIAL_SUPPORT
    flagged = hands.call(
        pb.SetAttentionRequest(name=child.name, kind=kind, reason="needs it", decided_by=SOCIAL_WORKER)
    )
    hands.call(pb.NameOwnWorkerRequest(name=child.name, own_worker=SOCIAL_WORKER, etag=flagged.etag))


def start(hands: Hands, assessment: Any, team: Any) -> Any:
    """The social worker leads, the psychologist takes part, at the centre."""
    return hands.call(
        assessment_service_pb2.StartAssessmentRequest(
            name=assessment.name,
            team_id=team.uid,
            lead_professional_id="T1-SW1",
            participants=[PSYCHOLOGIST],
            performed_at_unit_id=str(U10),
            mode=care_pb2.DELIVERY_MODE_AT_CENTRE,
        )
    )


def complete(hands: Hands, assessment: Any) -> Any:
    """The needs and the services of STORY-1."""
    services = [
        ("SOC-FAM-WORK", "OWN", 32),
        ("SOC-FAM-HOME", "VOUCHER", 40),
        ("SOC-NEURO-COACH", "VOUCHER", 15),
        ("HLT-OT", "VOUCHER", 20),
        ("HLT-SCHOOL", "OWN", 0),
        ("HLT-GP", "DIRECT_CHOICE", 0),
        ("SOC-FAM-SUPP", "PURCHASE", 6),
    ]
    return hands.call(
        assessment_service_pb2.CompleteAssessmentRequest(
            name=assessment.name,
            answers=answers(CARE_AND_UPBRINGING=3, MENTAL_HEALTH=2, CARER_LOAD=2),
            client_view="wants to be left in peace at school",
            conclusion="many services together",
            recommended=[recommended(code, arrangement, units, *PERIOD) for code, arrangement, units in services],
        )
    )


def grant(hands: Hands, assessment: Any) -> Any:
    """Home help for the family."""
    return hands.call(
        decision_service_pb2.MakeDecisionRequest(
            assessment_id=assessment.uid,
            service_code="SOC-FAM-HOME",
            outcome=decision_pb2.DECISION_OUTCOME_GRANTED,
            units=40,
            from_date=day(PERIOD[0]),
            to_date=day(PERIOD[1]),
            grounds="exhausted parent",
        )
    )


def play(hands: Hands) -> Any:
    """Story 1 from the contact to the decision, each act on its day; gives the child."""
    hands.go_to("2025-01-02")
    team = hands.team()
    assert team.state == team_pb2.TEAM_STATE_ACTIVE
    hands.go_to("2025-01-07")
    child = hands.register("140318A913J", person=client_pb2.Person(language=client_pb2.LANGUAGE_FI))
    assert child.person.birth_date == day("2018-03-14")
    made = pending(hands, child)
    assert (made.start_due, made.complete_due) == (day("2025-01-16"), day("2025-04-07"))
    assert list(made.deadline_rules) == ["ASM-START-CHILD", "ASM-COMPLETE-CHILD"]
    assert hands.call(pb.GetClientRequest(name=child.name)).state == client_pb2.CLIENT_STATE_ACTIVE
    hands.go_to("2025-01-14")
    support(hands, child)
    begun = start(hands, made, team)
    assert (begun.lead.professional_id, begun.started_late) == ("T1-SW1", False)
    hands.go_to("2025-02-18")
    done = complete(hands, made)
    assert (done.state, done.plan_needed) == (assessment_pb2.ASSESSMENT_STATE_COMPLETED, True)
    assert grant(hands, done).appeal_until == day("2025-03-20")
    return child


def test_story_1_without_any_visit_to_the_enterprise_S1_19(hands: Hands, own_session: Session) -> None:
    child = play(hands)
    (fact,) = facts(own_session, events_pb2.AssessmentCompleted)
    assert (fact.age_years, fact.child_in_household, fact.plan_needed) == (6, True, True)
    assert [one.service_code for one in fact.recommended][:2] == ["SOC-FAM-WORK", "SOC-FAM-HOME"]
    assert len(fact.needs) == 3
    assert fact.client_id == child.uid


def test_story_1_in_the_section_RECORD_1(hands: Hands) -> None:
    section = section_of(hands, play(hands).uid)
    kinds = {flag.kind for flag in section.attention_flags}
    assert kinds == {care_pb2.ATTENTION_KIND_SPECIAL_SUPPORT, care_pb2.ATTENTION_KIND_WIDE_RANGE}
    assert section.own_worker.professional.professional_id == "T1-SW1"
    assert section.latest_assessment.complete_due == day("2025-04-07")
    assert section.assessment_narrative.client_view.startswith("wants")
    assert not section.latest_assessment.HasField("narrative")
    assert not section.HasField("open_assessment")
    assert [len(part) for part in (section.decisions, section.contacts, section.guidance)] == [1, 1, 0]
    assert b"140318" not in section.SerializeToString()


def test_one_short_service_needs_no_plan_S2_10_STORY_C0(hands: Hands, own_session: Session) -> None:
    client = hands.register("090580-901J")
    done = hands.completed(client, recommended("HLT-PHYSIO", "VOUCHER", 5, "2025-03-03", "2025-04-11"))
    assert not done.plan_needed
    assert not section_of(hands, client.uid).attention_flags
    (fact,) = facts(own_session, events_pb2.AssessmentCompleted)
    assert (fact.plan_needed, fact.child_in_household, fact.age_years) == (False, False, 44)
    hands.call(
        decision_service_pb2.MakeDecisionRequest(
            assessment_id=done.uid,
            service_code="HLT-PHYSIO",
            outcome=decision_pb2.DECISION_OUTCOME_GRANTED,
            units=5,
            from_date=day("2025-03-03"),
            to_date=day("2025-04-11"),
            grounds="needed",
        )
    )
    again = hands.completed(
        client, recommended("SOC-FAM-HOME", "VOUCHER", 1, "2025-03-03", "2025-03-09"), repeat_reason="new need"
    )
    assert again.plan_needed, "a second concurrent service makes the plan needed"


def test_guidance_keeps_the_list_as_shown_INV_23(hands: Hands, own_session: Session) -> None:
    client = hands.register()
    voucher = "00000000-0000-4000-8000-00000000beef"
    given = hands.call(
        guidance_service_pb2.GiveGuidanceRequest(
            client_id=client.uid,
            kind=guidance_pb2.GUIDANCE_KIND_SUPPORT,
            voucher_id=voucher,
            option_provider_ids=[str(P07), str(P02)],
            channel=contact_pb2.CONTACT_CHANNEL_PHONE,
            language=client_pb2.LANGUAGE_FI,
            client_understood=True,
            list_digest="ab" * 32,
        ),
    )
    (fact,) = facts(own_session, events_pb2.GuidanceGiven)
    assert list(fact.option_provider_ids) == [str(P07), str(P02)]
    assert (fact.options_digest, fact.list_digest) == (given.options_digest, "ab" * 32)
    assert len(given.options_digest) == 64
    assert section_of(hands, client.uid).guidance[0] == given
    assert hands.call(guidance_service_pb2.GetGuidanceRequest(name=given.name)) == given
