"""How clients leave the register and come back (CLIENT-8 to CLIENT-12), and how their identity codes change."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import grpc
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from sote.client.v1 import (
    assessment_pb2,
    assessment_service_pb2,
    client_pb2,
    contact_pb2,
    decision_pb2,
    decision_service_pb2,
    events_pb2,
    guidance_pb2,
    guidance_service_pb2,
    section_pb2,
)
from sote.client.v1 import client_service_pb2 as pb
from sote.type.v1 import care_pb2
from sote.type.v1.section_pb2 import GetSectionsRequest
from tests.builders.client.county import P07, SOCIAL_WORKER, Hands, day

Code = grpc.StatusCode
Refused = Callable[..., tuple[grpc.StatusCode, str]]
CLOSED = (Code.FAILED_PRECONDITION, "CLIENT_CLOSED")
ILLEGAL = (Code.FAILED_PRECONDITION, "ILLEGAL_TRANSITION")
OTHER_CODE = "010190-999W"
TAMPERE = client_pb2.ContactData(municipality_code="837")


def moved(client: Any) -> pb.MoveOutClientRequest:
    return pb.MoveOutClientRequest(name=client.name, moved_date=day("2025-01-07"), moved_to_county="MAAKUNTA_2017:01")


def dead(client: Any) -> pb.RecordDeathRequest:
    return pb.RecordDeathRequest(name=client.name, deceased_date=day("2025-01-06"))


def fact_of(session: Session, kind: Any) -> Any:
    """The newest fact of this kind in the outbox."""
    query = text("select body from outbox where routing_key = :name order by id desc limit 1")
    return kind.FromString(session.scalar(query, {"name": kind.DESCRIPTOR.full_name}))


def test_a_move_closes_the_client_and_cancels_the_assessment_CLIENT_8_PROCESS_D6(
    hands: Hands, own_session: Session
) -> None:
    client = hands.register()
    made = hands.call(assessment_service_pb2.InitiateAssessmentRequest(client_id=client.uid))
    after = hands.call(moved(client))
    assert after.state == client_pb2.CLIENT_STATE_MOVED_OUT
    assert (after.ending.moved_date, after.ending.moved_to_county) == (day("2025-01-07"), "MAAKUNTA_2017:01")
    cancelled = hands.call(assessment_service_pb2.GetAssessmentRequest(name=made.name))
    assert cancelled.state == assessment_pb2.ASSESSMENT_STATE_CANCELLED
    assert cancelled.cancel_reason == assessment_pb2.ASSESSMENT_CANCEL_REASON_MOVED
    assert all(each.HasField("ended_date") for each in cancelled.deadlines)
    fact = fact_of(own_session, events_pb2.ClientMovedOut)
    assert (fact.client.state, fact.moved_date) == (client_pb2.CLIENT_STATE_MOVED_OUT, day("2025-01-07"))
    assert fact_of(own_session, events_pb2.AssessmentCancelled).assessment_id == made.uid
    (section,) = hands.call(GetSectionsRequest(client_ids=[client.uid])).sections
    assert section_pb2.ClientSection.FromString(section.body).ending == after.ending


def test_a_death_is_told_by_the_register_only_and_once_for_a_day_CLIENT_9(
    hands: Hands, own_session: Session, refused: Refused
) -> None:
    client = hands.register()
    assert refused(dead(client)) == (Code.PERMISSION_DENIED, "ROLE_NOT_ALLOWED")
    for _ in range(2):
        after = hands.call(dead(client), role="SYS")
    assert (after.state, after.ending.deceased_date) == (client_pb2.CLIENT_STATE_DECEASED, day("2025-01-06"))
    query = text("select count(*) from outbox where routing_key like '%.ClientDeceased'")
    assert own_session.scalar(query) == 1
    assert fact_of(own_session, events_pb2.ClientDeceased).deceased_date == day("2025-01-06")


def test_days_in_the_future_and_malformed_ones_are_refused_CLIENT_8_CLIENT_9(hands: Hands, refused: Refused) -> None:
    client = hands.register()
    for on, reason in (("2025-01-08", "DATE_NOT_ALLOWED"), ("2025-01-06", "DATE_NOT_ALLOWED")):
        request = pb.MoveOutClientRequest(name=client.name, moved_date=day(on))
        assert refused(request) == (Code.INVALID_ARGUMENT, reason)
    assert refused(pb.MoveOutClientRequest(name=client.name)) == (Code.INVALID_ARGUMENT, "INVALID_REQUEST")
    later = pb.RecordDeathRequest(name=client.name, deceased_date=day("2025-01-08"))
    assert refused(later, role="SYS") == (Code.INVALID_ARGUMENT, "DATE_NOT_ALLOWED")


def test_who_moves_back_is_registered_again_at_a_residence_here_CLIENT_10(
    hands: Hands, own_session: Session, refused: Refused
) -> None:
    client = hands.register()
    back = pb.MoveBackClientRequest(name=client.name, contact_data=TAMPERE)
    assert refused(back) == ILLEGAL
    hands.call(moved(client))
    elsewhere = pb.MoveBackClientRequest(name=client.name, contact_data=client_pb2.ContactData(municipality_code="091"))
    assert refused(elsewhere) == (Code.FAILED_PRECONDITION, "RESIDENCE_REQUIRED")
    after = hands.call(back)
    assert after.state == client_pb2.CLIENT_STATE_REGISTERED
    assert not after.HasField("ending")
    assert fact_of(own_session, events_pb2.ClientRegistered).again
    hands.call(assessment_service_pb2.InitiateAssessmentRequest(client_id=client.uid))


def test_a_wrong_report_is_corrected_and_what_it_closed_stays_closed_CLIENT_11(
    hands: Hands, own_session: Session, refused: Refused
) -> None:
    client = hands.register()
    made = hands.call(assessment_service_pb2.InitiateAssessmentRequest(client_id=client.uid))
    correct = pb.CorrectClientStatusRequest(name=client.name)
    assert refused(correct) == ILLEGAL
    hands.call(dead(client), role="SYS")
    after = hands.call(correct)
    assert after.state == client_pb2.CLIENT_STATE_REGISTERED
    assert not after.HasField("ending")
    assert fact_of(own_session, events_pb2.ClientStatusCorrected).wrong_state == client_pb2.CLIENT_STATE_DECEASED
    again = hands.call(assessment_service_pb2.GetAssessmentRequest(name=made.name))
    assert again.state == assessment_pb2.ASSESSMENT_STATE_CANCELLED


def test_both_codes_find_the_client_that_stays_CLIENT_12(hands: Hands, own_session: Session, refused: Refused) -> None:
    first = hands.register()
    hands.at += timedelta(seconds=1)
    second = hands.register(OTHER_CODE)
    wrong_way = pb.MergeClientRequest(name=first.name, target_client_id=second.uid)
    assert refused(wrong_way) == (Code.FAILED_PRECONDITION, "MERGE_NOT_ALLOWED")
    request = pb.MergeClientRequest(name=second.name, target_client_id=first.uid)
    after = hands.call(request)
    assert (after.state, after.ending.merged_into_id) == (client_pb2.CLIENT_STATE_MERGED, first.uid)
    assert refused(request) == ILLEGAL
    for code in ("140318A913J", OTHER_CODE):
        assert hands.call(pb.FindClientRequest(identity_code=code)).uid == first.uid
    assert fact_of(own_session, events_pb2.ClientMerged).target_client_id == first.uid


def test_two_who_are_merged_into_each_other_at_once_do_not_both_vanish_CLIENT_12(hands: Hands) -> None:
    uids = [hands.register().uid, hands.register(OTHER_CODE).uid]

    def merge(pair: tuple[str, str]) -> bool:
        try:
            hands.call(pb.MergeClientRequest(name=f"clients/{pair[0]}", target_client_id=pair[1]))
        except grpc.RpcError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        won = list(pool.map(merge, [(uids[0], uids[1]), (uids[1], uids[0])]))
    assert won.count(True) == 1


def test_a_changed_code_keeps_its_history_IDENTIFIER_5(hands: Hands, own_session: Session, refused: Refused) -> None:
    client = hands.register()
    change = pb.ChangeIdentityCodeRequest(name=client.name, identity_code=OTHER_CODE)
    after = hands.call(change)
    assert after.person.birth_date == day("1990-01-01")
    assert hands.call(pb.GetIdentityCodeRequest(name=client.name)).identity_code == OTHER_CODE
    for code in ("140318A913J", OTHER_CODE):
        assert hands.call(pb.FindClientRequest(identity_code=code)).uid == client.uid
    assert refused(change) == (Code.ALREADY_EXISTS, "IDENTITY_CODE_IN_USE")
    wrong = pb.ChangeIdentityCodeRequest(name=client.name, identity_code="010190-999K")
    assert refused(wrong) == (Code.INVALID_ARGUMENT, "IDENTITY_CODE_INVALID")
    fact = fact_of(own_session, events_pb2.ClientIdentityCodeChanged)
    assert fact.client.client_id == client.uid
    body = own_session.scalar(text("select string_agg(encode(body, 'escape'), '') from outbox where body is not null"))
    assert OTHER_CODE not in body
    assert "140318A913J" not in body


def test_a_temporary_identity_becomes_a_verified_one_IDENTIFIER_5(hands: Hands) -> None:
    person = client_pb2.Person(birth_date=day("1990-01-02"))
    client = hands.register("", temporary_reason="unconscious", person=person)
    after = hands.call(pb.ChangeIdentityCodeRequest(name=client.name, identity_code=OTHER_CODE))
    assert after.identity_kind == client_pb2.IDENTITY_KIND_PERSONAL_CODE


@pytest.mark.parametrize("ending", [moved, dead])
def test_a_closed_client_takes_no_new_matters_INV_16(
    ending: Callable[[Any], Any], hands: Hands, refused: Refused
) -> None:
    client = hands.register()
    assessed = hands.completed(client)
    hands.call(ending(client), role="SYS")
    matters = [
        assessment_service_pb2.InitiateAssessmentRequest(client_id=client.uid, repeat_reason="again"),
        pb.SetAttentionRequest(
            name=client.name,
            kind=care_pb2.ATTENTION_KIND_SPECIAL_SUPPORT,
            reason="why",
            decided_by=SOCIAL_WORKER,
        ),
        pb.NameOwnWorkerRequest(name=client.name, own_worker=SOCIAL_WORKER),
        decision_service_pb2.MakeDecisionRequest(
            assessment_id=assessed.uid,
            service_code="HLT-OT",
            outcome=decision_pb2.DECISION_OUTCOME_REJECTED,
            grounds="why",
            applied_for=True,
        ),
        guidance_service_pb2.GiveGuidanceRequest(
            client_id=client.uid,
            kind=guidance_pb2.GUIDANCE_KIND_ADVICE,
            voucher_id=client.uid,
            option_provider_ids=[str(P07)],
            channel=contact_pb2.CONTACT_CHANNEL_PHONE,
            language=client_pb2.LANGUAGE_FI,
        ),
    ]
    for request in matters:
        assert refused(request) == CLOSED, type(request).__name__
    assert refused(pb.ChangeIdentityCodeRequest(name=client.name, identity_code=OTHER_CODE)) == ILLEGAL


def test_endings_ask_for_the_version_the_caller_read_PROCESS_3(hands: Hands, refused: Refused) -> None:
    client = hands.register()
    hands.call(assessment_service_pb2.InitiateAssessmentRequest(client_id=client.uid))
    for request in (moved(client), pb.ChangeIdentityCodeRequest(name=client.name, identity_code=OTHER_CODE)):
        request.etag = client.etag
        assert refused(request) == (Code.ABORTED, "VERSION_CONFLICT")


def test_an_unknown_client_is_told_as_such_REFUSAL_2(refused: Refused) -> None:
    class Nobody:
        name = "clients/00000000-0000-4000-8000-00000000dead"

    assert refused(moved(Nobody)) == (Code.NOT_FOUND, "CLIENT_UNKNOWN")
    assert refused(dead(Nobody), role="SYS") == (Code.NOT_FOUND, "CLIENT_UNKNOWN")
