"""Where, by whom and how an assessment is made; who may contact; and how an assessment ends without result."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import grpc
import pytest
from sqlalchemy.orm import Session

from services.client.bus import ClientBus
from services.client.operations.neighbours.keep_provider import keep_provider
from sote.client.v1 import (
    assessment_pb2,
    assessment_service_pb2,
    contact_pb2,
    contact_service_pb2,
    decision_pb2,
    decision_service_pb2,
    team_service_pb2,
)
from sote.client.v1 import client_service_pb2 as pb
from sote.provider.v1 import provider_pb2
from sote.type.v1 import care_pb2
from tests.builders.client.county import (
    COUNSELLOR,
    P01,
    P02,
    SOCIAL_WORKER,
    U02,
    U10,
    Hands,
    day,
    professional,
    provider_facts,
    recommended,
)
from tests.builders.client.deadlines import tick

Code = grpc.StatusCode
Refused = Callable[..., tuple[grpc.StatusCode, str]]
BUS = ClientBus()
MODES = ["AT_CENTRE", "E_SERVICE", "AT_HOME", "PROVIDER_UNIT", "OTHER"]


def starting(
    hands: Hands, made: Any, team: Any, mode: str, unit: UUID | None
) -> assessment_service_pb2.StartAssessmentRequest:
    return assessment_service_pb2.StartAssessmentRequest(
        name=made.name,
        team_id=team.uid,
        lead_professional_id="T1-SW1",
        performed_at_unit_id=str(unit) if unit else "",
        mode=care_pb2.DeliveryMode.Value(f"DELIVERY_MODE_{mode}"),
    )


def initiated(hands: Hands, **more: Any) -> Any:
    return hands.call(assessment_service_pb2.InitiateAssessmentRequest(client_id=hands.register().uid, **more))


def mobile_team(hands: Hands, *area: str) -> Any:
    made = hands.call(
        team_service_pb2.CreateTeamRequest(
            display_name="T3", attached_unit_ids=[str(U10)], mobile=True, area_municipality_codes=area
        )
    )
    for one in (SOCIAL_WORKER, COUNSELLOR):
        made = hands.call(team_service_pb2.AddTeamMemberRequest(name=made.name, professional=one))
    return made


def test_county_staff_assess_at_the_unit_of_a_private_centre_S1_18(hands: Hands, own_session: Session) -> None:
    facts = provider_facts(P02, "DIRECT_CHOICE_HSSC", {U10: "HSSC"}, version=2)
    facts.ownership = provider_pb2.OWNERSHIP_PRIVATE
    keep_provider(own_session, facts=facts)
    own_session.commit()
    made = hands.call(starting(hands, initiated(hands), hands.team(), "AT_CENTRE", U10))
    assert (made.performed_at_unit_id, made.performing_organisation_id) == (str(U10), str(P01))
    assert made.lead.organisation_id == str(P01)


@pytest.mark.parametrize("unit", [U10, U02, None], ids=["the centre's", "the enterprise's", "nowhere"])
@pytest.mark.parametrize("mode", MODES)
def test_any_place_and_way_will_do_S2_22_S2_23(mode: str, unit: UUID | None, hands: Hands) -> None:
    made = hands.call(starting(hands, initiated(hands), hands.team(), mode, unit))
    assert made.state == assessment_pb2.ASSESSMENT_STATE_STARTED
    assert made.performed_at_unit_id == (str(unit) if unit else "")


def test_contact_assessment_and_decision_without_the_enterprises_unit_S1_19(hands: Hands) -> None:
    client = hands.register()
    contact = hands.call(
        contact_service_pb2.RecordContactRequest(
            client_id=client.uid,
            unit_id=str(U10),
            channel=contact_pb2.CONTACT_CHANNEL_VISIT,
            initiator=contact_pb2.CONTACT_INITIATOR_SELF,
        ),
        role="HSP",
        organisation=P02,
    )
    service = recommended("HLT-PHYSIO", "VOUCHER", 5, "2025-03-03", "2025-04-11")
    made = hands.completed(client, service, contact_id=contact.uid)
    assert {contact.unit_id, made.performed_at_unit_id} == {str(U10)}
    assert made.state == assessment_pb2.ASSESSMENT_STATE_COMPLETED


def test_a_moving_team_visits_its_area_only_S1_21(hands: Hands, own_session: Session, refused: Refused) -> None:
    made, still = initiated(hands), hands.team()
    elsewhere, here = mobile_team(hands, "936"), mobile_team(hands, "790", "837")
    for team in (still, elsewhere):
        asked = refused(starting(hands, made, team, "MOBILE_TEAM", None))
        assert asked == (Code.FAILED_PRECONDITION, "OUTSIDE_AREA")
    facts = provider_facts(P02, "DIRECT_CHOICE_HSSC", {U10: "HSSC"}, version=2)
    facts.units[0].municipality_code = "936"
    keep_provider(own_session, facts=facts)
    own_session.commit()
    assert refused(starting(hands, made, here, "MOBILE_TEAM", U10)) == (Code.FAILED_PRECONDITION, "OUTSIDE_AREA")
    assert hands.call(starting(hands, made, here, "MOBILE_TEAM", None)).mode == care_pb2.DELIVERY_MODE_MOBILE_TEAM


def test_the_clock_runs_while_an_assessment_waits_ASSESSMENT_3(hands: Hands, own_session: Session) -> None:
    begun = hands.started(hands.register())
    waiting = hands.call(assessment_service_pb2.PauseAssessmentRequest(name=begun.name, reason="the school's view"))
    assert (waiting.start_due, waiting.complete_due) == (begun.start_due, begun.complete_due)
    assert tick(hands, own_session, "2025-04-03") == ["DeadlineApproaching"]
    assert tick(hands, own_session, "2025-04-08") == ["DeadlineApproaching", "DeadlineMissed"]
    resumed = hands.call(assessment_service_pb2.ResumeAssessmentRequest(name=begun.name))
    assert resumed.complete_due == day("2025-04-07")
    assert hands.call(hands.completion(resumed)).state == assessment_pb2.ASSESSMENT_STATE_COMPLETED


@pytest.mark.parametrize("reason", ["CLIENT_WITHDREW", "OBVIOUSLY_UNNECESSARY", "MOVED", "DECEASED", "DUPLICATE"])
def test_it_ends_for_each_of_the_reasons_ASSESSMENT_5(reason: str, hands: Hands, refused: Refused) -> None:
    begun = hands.started(hands.register())
    value = assessment_pb2.AssessmentCancelReason.Value(f"ASSESSMENT_CANCEL_REASON_{reason}")
    ended = hands.call(assessment_service_pb2.CancelAssessmentRequest(name=begun.name, reason=value))
    assert (ended.state, ended.cancel_reason) == (assessment_pb2.ASSESSMENT_STATE_CANCELLED, value)
    again = assessment_service_pb2.CancelAssessmentRequest(name=begun.name, reason=value)
    assert refused(again) == (Code.FAILED_PRECONDITION, "ILLEGAL_TRANSITION")


def test_the_assessment_of_who_died_ends_whatever_it_was_doing_PROCESS_D6(hands: Hands) -> None:
    begun = hands.started(hands.register())
    hands.call(assessment_service_pb2.PauseAssessmentRequest(name=begun.name, reason="the school's view"))
    hands.call(pb.RecordDeathRequest(name=f"clients/{begun.client_id}", deceased_date=day("2025-01-06")), role="SYS")
    ended = hands.call(assessment_service_pb2.GetAssessmentRequest(name=begun.name))
    assert ended.cancel_reason == assessment_pb2.ASSESSMENT_CANCEL_REASON_DECEASED


def test_an_anonymous_contact_can_become_the_matter_of_a_client_CLIENT_1(hands: Hands) -> None:
    anonymous = hands.call(
        contact_service_pb2.RecordContactRequest(
            channel=contact_pb2.CONTACT_CHANNEL_PHONE,
            initiator=contact_pb2.CONTACT_INITIATOR_RELATIVE,
            urgent=True,
        )
    )
    hands.go_to("2025-01-08")
    made = initiated(hands, contact_id=anonymous.uid)
    assert (anonymous.client_id, made.contact_id) == ("", anonymous.uid)
    assert (made.pending_date, made.start_due) == (day("2025-01-07"), day("2025-01-07")), "urgent: the same day"


def test_only_an_official_of_the_county_decides_S1_40(hands: Hands, refused: Refused) -> None:
    made = hands.completed(hands.register(), recommended("HLT-OT", "OWN", 1, "2025-03-03", "2025-03-04"))
    decision = decision_service_pb2.MakeDecisionRequest(
        assessment_id=made.uid,
        service_code="HLT-OT",
        outcome=decision_pb2.DECISION_OUTCOME_REJECTED,
        grounds="no need",
    )
    for role in ("HOP", "HSP", "PRV", "CSP", "CON", "STE", "FIN", "CLI"):
        assert refused(decision, role=role, organisation=P02) == (Code.PERMISSION_DENIED, "OFFICIAL_REQUIRED")
    assert refused(decision, organisation=P02) == (Code.FAILED_PRECONDITION, "OFFICIAL_REQUIRED")


def test_the_own_worker_of_special_support_is_a_social_worker_alone_or_in_pair_S1_14(
    hands: Hands, refused: Refused
) -> None:
    client = hands.register()
    kind = care_pb2.ATTENTION_KIND_SPECIAL_SUPPORT
    hands.call(pb.SetAttentionRequest(name=client.name, kind=kind, reason="why", decided_by=SOCIAL_WORKER))
    alone = pb.NameOwnWorkerRequest(name=client.name, own_worker=COUNSELLOR)
    assert refused(alone) == (Code.FAILED_PRECONDITION, "SOCIAL_WORKER_REQUIRED")
    pair = pb.NameOwnWorkerRequest(name=client.name, own_worker=COUNSELLOR, pair=SOCIAL_WORKER)
    assert hands.call(pair).own_worker.pair.professional_id == SOCIAL_WORKER.professional_id
    hands.call(pb.NameOwnWorkerRequest(name=client.name, own_worker=professional("T1-SW2", "SOCIAL_WORKER")))
