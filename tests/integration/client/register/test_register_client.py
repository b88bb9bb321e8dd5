"""Registering clients: identity codes, temporary identities, prospects; what is stored, and who wins a race."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import grpc
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from sote.client.v1 import assessment_service_pb2, client_pb2, contact_pb2, contact_service_pb2
from sote.client.v1 import client_service_pb2 as pb
from sote.type.v1 import care_pb2
from tests.builders.client.county import COUNSELLOR, P02, SOCIAL_WORKER, Hands, day, professional, request_id

Code = grpc.StatusCode
Refused = Callable[..., tuple[grpc.StatusCode, str]]
CODE = "140318A913J"
TAMPERE = client_pb2.ContactData(municipality_code="837", address="Hämeenkatu 1")
HELSINKI = client_pb2.ContactData(municipality_code="091")


def test_a_registered_client_is_found_by_the_code_only_CLIENT_2_RECORD_4(hands: Hands, refused: Refused) -> None:
    made = hands.register(CODE.lower())
    assert made.state == client_pb2.CLIENT_STATE_REGISTERED
    assert made.identity_kind == client_pb2.IDENTITY_KIND_PERSONAL_CODE
    assert hands.call(pb.FindClientRequest(identity_code=CODE)).uid == made.uid
    assert hands.call(pb.GetIdentityCodeRequest(name=made.name)).identity_code == CODE
    assert refused(pb.FindClientRequest(identity_code="021186-9245")) == (Code.NOT_FOUND, "CLIENT_UNKNOWN")
    assert refused(pb.FindClientRequest(identity_code="140318A913K")) == (
        Code.INVALID_ARGUMENT,
        "IDENTITY_CODE_INVALID",
    )


def test_the_database_does_not_hold_the_code_in_any_column_IDENTIFIER_1(hands: Hands, own_session: Session) -> None:
    made = hands.register(CODE, request_id=request_id())
    hands.call(pb.GetIdentityCodeRequest(name=made.name))
    tables = own_session.scalars(text("select tablename from pg_tables where schemaname = 'public'")).all()
    assert "identity_code" in tables
    for table in tables:
        rows = own_session.execute(text(f"select t::text as whole from {table} t")).scalars().all()
        for row in rows:
            assert CODE not in row
            assert CODE.encode().hex() not in row


def test_a_code_is_given_once_CLIENT_2(hands: Hands, refused: Refused) -> None:
    hands.register(CODE)
    again = pb.RegisterClientRequest(identity_code=CODE, contact_data=TAMPERE)
    assert refused(again) == (Code.ALREADY_EXISTS, "IDENTITY_CODE_IN_USE")


def test_of_ten_who_register_the_same_code_at_once_one_wins_CLIENT_2(hands: Hands, own_session: Session) -> None:
    def register(_: int) -> str:
        try:
            hands.register(CODE)
        except grpc.RpcError as error:
            return str(error.code())
        return "won"

    with ThreadPoolExecutor(10) as pool:
        outcomes = list(pool.map(register, range(10)))
    assert sorted(set(outcomes)) == ["StatusCode.ALREADY_EXISTS", "won"]
    assert outcomes.count("won") == 1
    assert own_session.scalar(text("select count(*) from client")) == 1


def test_a_code_that_only_differs_by_the_sign_is_another_person_IDENTIFIER_1(hands: Hands) -> None:
    assert hands.register("010190-999W").uid != hands.register("010190Y999W").uid


@pytest.mark.parametrize("code", ["140318A913K", "131052-308T", "290200-9010"])
def test_no_invalid_and_no_real_code_IDENTIFIER_6(code: str, refused: Refused) -> None:
    request = pb.RegisterClientRequest(identity_code=code, contact_data=TAMPERE)
    assert refused(request) == (Code.INVALID_ARGUMENT, "IDENTITY_CODE_INVALID")


def test_a_temporary_identity_has_a_reason_and_no_code_CLIENT_2(hands: Hands, refused: Refused) -> None:
    bare = pb.RegisterClientRequest(contact_data=TAMPERE)
    assert refused(bare) == (Code.INVALID_ARGUMENT, "TEMPORARY_IDENTITY_INCOMPLETE")
    made = hands.call(
        pb.RegisterClientRequest(
            temporary_reason="found unconscious",
            person=client_pb2.Person(birth_date=day("1970-01-01")),
            contact_data=TAMPERE,
        )
    )
    assert made.identity_kind == client_pb2.IDENTITY_KIND_TEMPORARY
    asked = pb.GetIdentityCodeRequest(name=made.name)
    assert refused(asked) == (Code.FAILED_PRECONDITION, "IDENTITY_CODE_MISSING")


def test_residence_or_urgent_need_CLIENT_2(hands: Hands, refused: Refused) -> None:
    elsewhere = pb.RegisterClientRequest(identity_code=CODE, contact_data=HELSINKI)
    assert refused(elsewhere) == (Code.FAILED_PRECONDITION, "RESIDENCE_REQUIRED")
    elsewhere.urgent_need = True
    assert hands.call(elsewhere).contact_data == HELSINKI


def test_a_prospect_of_a_contact_becomes_the_registered_client_CLIENT_1_CLIENT_2(
    hands: Hands, refused: Refused
) -> None:
    contact = hands.call(
        contact_service_pb2.RecordContactRequest(
            prospect=contact_service_pb2.Prospect(person=client_pb2.Person(given_name="Aino")),
            channel=contact_pb2.CONTACT_CHANNEL_PHONE,
            initiator=contact_pb2.CONTACT_INITIATOR_SELF,
        ),
        role="HSP",
        organisation=P02,
    )
    prospect = hands.call(pb.GetClientRequest(name=f"clients/{contact.client_id}"))
    assert prospect.state == client_pb2.CLIENT_STATE_PROSPECT
    too_early = assessment_service_pb2.InitiateAssessmentRequest(client_id=prospect.uid)
    assert refused(too_early) == (Code.FAILED_PRECONDITION, "ILLEGAL_TRANSITION")

    request = pb.RegisterClientRequest(identity_code=CODE, prospect_id=prospect.uid, contact_data=TAMPERE, etag='"7"')
    assert refused(request) == (Code.ABORTED, "VERSION_CONFLICT")
    request.etag = prospect.etag
    made = hands.call(request)
    assert (made.uid, made.state) == (prospect.uid, client_pb2.CLIENT_STATE_REGISTERED)
    second = pb.RegisterClientRequest(identity_code="010594Y9032", prospect_id=made.uid, contact_data=TAMPERE)
    assert refused(second) == (Code.FAILED_PRECONDITION, "ILLEGAL_TRANSITION")


def test_a_contact_may_be_anonymous_and_never_of_the_future_CLIENT_1(hands: Hands, refused: Refused) -> None:
    request = contact_service_pb2.RecordContactRequest(
        channel=contact_pb2.CONTACT_CHANNEL_ELECTRONIC, initiator=contact_pb2.CONTACT_INITIATOR_NOTIFICATION
    )
    made = hands.call(request)
    assert (made.client_id, hands.call(contact_service_pb2.GetContactRequest(name=made.name))) == ("", made)
    request.received_time.FromJsonString("2030-01-01T00:00:00Z")
    assert refused(request) == (Code.INVALID_ARGUMENT, "TIME_IN_FUTURE")


def test_flags_are_set_and_lifted_by_registered_professionals_CLIENT_6(hands: Hands, refused: Refused) -> None:
    client = hands.register()
    kind = care_pb2.ATTENTION_KIND_SPECIAL_SUPPORT
    unregistered = professional("x", "OTHER_SOCIAL", "UNSPECIFIED")
    request = pb.SetAttentionRequest(name=client.name, kind=kind, reason="why", decided_by=unregistered)
    assert refused(request) == (Code.FAILED_PRECONDITION, "REGISTERED_PROFESSIONAL_REQUIRED")
    derived = pb.SetAttentionRequest(
        name=client.name, kind=care_pb2.ATTENTION_KIND_WIDE_RANGE, reason="why", decided_by=SOCIAL_WORKER
    )
    assert refused(derived) == (Code.INVALID_ARGUMENT, "FLAG_NOT_BY_HAND")
    set_ = pb.SetAttentionRequest(name=client.name, kind=kind, reason="why", decided_by=SOCIAL_WORKER)
    flagged = hands.call(set_)
    assert hands.call(set_).etag == flagged.etag
    alone = pb.NameOwnWorkerRequest(name=client.name, own_worker=COUNSELLOR)
    assert refused(alone) == (Code.FAILED_PRECONDITION, "SOCIAL_WORKER_REQUIRED")
    lifted = hands.call(pb.LiftAttentionRequest(name=client.name, kind=kind, reason="why", decided_by=SOCIAL_WORKER))
    assert [flag.HasField("to_date") for flag in lifted.attention_flags] == [True]
    assert hands.call(alone).own_worker.professional.category == COUNSELLOR.category


def test_a_repeated_request_gets_the_first_answer_PROCESS_3(
    hands: Hands, refused: Refused, own_session: Session
) -> None:
    request = pb.RegisterClientRequest(identity_code=CODE, contact_data=TAMPERE, request_id=request_id())
    assert hands.call(request) == hands.call(request)
    assert own_session.scalar(text("select count(*) from outbox where body is not null")) == 1
    request.urgent_need = True
    assert refused(request) == (Code.FAILED_PRECONDITION, "IDEMPOTENCY_KEY_REUSED")


@pytest.mark.parametrize("role", ["PRV", "CON", "STE", "DPO", "OPS"])
def test_other_roles_do_not_see_clients_ROLE_1(role: str, hands: Hands, refused: Refused) -> None:
    client = hands.register()
    assert refused(pb.GetClientRequest(name=client.name), role=role) == (Code.PERMISSION_DENIED, "ROLE_NOT_ALLOWED")
