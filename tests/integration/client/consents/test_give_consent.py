"""CONSENT-3: permissions and denials are given, withdrawn, listed and asked for."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import grpc
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.client.operations.neighbours.keep_provider import keep_provider
from sote.client.v1 import client_service_pb2, consent_pb2, events_pb2
from sote.client.v1 import consent_service_pb2 as pb
from sote.type.v1 import care_pb2
from tests.builders.client.consents import giving
from tests.builders.client.county import P01, P07, Hands, day, provider_facts

Code = grpc.StatusCode
Refused = Callable[..., tuple[grpc.StatusCode, str]]
P04 = UUID(int=4)
ELSEWHERE = "MAAKUNTA_2017:01"
NOT_OWN = (Code.PERMISSION_DENIED, "NO_RELATIONSHIP")


def asking(client_id: str, controller: str, **more: Any) -> pb.CheckDisclosureRequest:
    return pb.CheckDisclosureRequest(client_id=client_id, controller=controller, sector=care_pb2.SECTOR_SOCIAL, **more)


def test_what_is_given_is_told_listed_and_withdrawn_once_CONSENT_3(
    hands: Hands, own_session: Session, refused: Refused
) -> None:
    client = hands.register()
    made = hands.call(giving(client, "DENIAL", "SERVICE_TASK", "LASTENSUOJELU"), role="CLI", subject=client.uid)
    assert refused(giving(client, "DENIAL", "SERVICE_TASK", "LASTENSUOJELU")) == (Code.ALREADY_EXISTS, "CONSENT_EXISTS")
    revoke = pb.RevokeConsentRequest(name=made.name, etag=made.etag)
    revoked = hands.call(revoke)
    assert revoked.state == consent_pb2.CONSENT_STATE_REVOKED
    assert revoked.HasField("revoke_time")
    assert refused(revoke) == (Code.ABORTED, "VERSION_CONFLICT")
    revoke.etag = ""
    hands.at += timedelta(minutes=1)
    assert refused(revoke) == (Code.FAILED_PRECONDITION, "ILLEGAL_TRANSITION")
    again = hands.call(giving(client, "DENIAL", "SERVICE_TASK", "LASTENSUOJELU"))
    asked = pb.ListConsentsRequest(client_id=client.uid)
    hands.meet(client)
    for role, target_id in (("CSW", "LASTENSUOJELU"), ("CLI", "LASTENSUOJELU"), ("CSP", ""), ("HOP", ""), ("DPO", "")):
        shown = hands.call(asked, role=role, subject=client.uid).consents
        assert [(one.uid, one.target_id) for one in shown] == [(made.uid, target_id), (again.uid, target_id)], role
    query = text("select body from outbox where routing_key like '%.ConsentChanged' order by id")
    facts = [events_pb2.ConsentChanged.FromString(body).consent for body in own_session.scalars(query)]
    assert [(one.consent_id, one.version, one.state) for one in facts] == [
        (made.uid, 1, consent_pb2.CONSENT_STATE_IN_FORCE),
        (made.uid, 2, consent_pb2.CONSENT_STATE_REVOKED),
        (again.uid, 1, consent_pb2.CONSENT_STATE_IN_FORCE),
    ]


def test_refusals_change_nothing_CONSENT_3(hands: Hands, own_session: Session, refused: Refused) -> None:
    client = hands.register()
    precondition = Code.FAILED_PRECONDITION
    for request, expected in (
        (giving(client, "PERMISSION", "ALL", informed=False), (precondition, "NOT_INFORMED")),
        (giving(client, "DENIAL", "CONTROLLER", str(P07)), (precondition, "DENIAL_NOT_ALLOWED")),
        (giving(client, "DENIAL", "CONTROLLER", str(P01)), (precondition, "DENIAL_NOT_ALLOWED")),
        (giving(client, "DENIAL", "CONTROLLER", "MAAKUNTA_2017:06"), (precondition, "DENIAL_NOT_ALLOWED")),
        (giving(client, "PERMISSION", "GUARDIAN"), (Code.INVALID_ARGUMENT, "INVALID_REQUEST")),
        (giving(client, "DENIAL", "ALL", "x"), (Code.INVALID_ARGUMENT, "INVALID_REQUEST")),
        (giving(client, "DENIAL", "SERVICE_TASK"), (Code.INVALID_ARGUMENT, "INVALID_REQUEST")),
        (giving(client, "DENIAL", "SERVICE_TASK", "NOTHING"), (Code.INVALID_ARGUMENT, "INVALID_FIELD")),
        (giving(client, "DENIAL", "DOCUMENT", "nothing"), (Code.INVALID_ARGUMENT, "INVALID_FIELD")),
        (giving(client, "DENIAL", "CONTROLLER", "nobody"), (Code.INVALID_ARGUMENT, "INVALID_FIELD")),
    ):
        assert refused(request) == expected
    stranger = {"role": "CLI", "subject": str(uuid4())}
    assert refused(giving(client, "DENIAL", "ALL"), **stranger) == NOT_OWN
    made = hands.call(giving(client, "DENIAL", "ALL"))
    for name in (made.name, f"consents/{uuid4()}"):
        assert refused(pb.RevokeConsentRequest(name=name), **stranger) == NOT_OWN
    assert refused(pb.RevokeConsentRequest(name=f"consents/{uuid4()}")) == (Code.NOT_FOUND, "CONSENT_UNKNOWN")
    assert refused(pb.ListConsentsRequest(client_id=client.uid), **stranger) == NOT_OWN
    assert own_session.scalar(text("select count(*) from outbox where routing_key like '%.ConsentChanged'")) == 1


def test_a_minor_keeps_own_data_from_the_guardian_from_the_age_of_deciding_CONSENT_7(
    hands: Hands, refused: Refused
) -> None:
    child, adult = hands.register(), hands.register("010190-999W")
    own = {"role": "CLI", "subject": child.uid}
    assert refused(giving(adult, "DENIAL", "GUARDIAN")) == (Code.FAILED_PRECONDITION, "NOT_A_MINOR")
    assert refused(giving(child, "DENIAL", "GUARDIAN"), **own) == (Code.FAILED_PRECONDITION, "MINOR_TOO_YOUNG")
    hands.call(giving(child, "DENIAL", "GUARDIAN", sector=care_pb2.SECTOR_HEALTH))
    hands.go_to("2030-03-14")
    hands.call(giving(child, "DENIAL", "GUARDIAN"), **own)


def test_who_moved_away_permits_the_hand_over_and_the_dead_nothing_CONSENT_2_PROCESS_D5(
    hands: Hands, refused: Refused
) -> None:
    client = hands.register()
    hands.call(client_service_pb2.MoveOutClientRequest(name=client.name, moved_date=day("2025-01-07")))
    check = asking(client.uid, ELSEWHERE)
    assert not hands.call(check, role="SYS").permitted
    hands.call(giving(client, "PERMISSION", "CONTROLLER", ELSEWHERE))
    assert hands.call(check, role="SYS").permitted
    check.sector = care_pb2.SECTOR_HEALTH
    assert not hands.call(check, role="SYS").permitted
    hands.call(client_service_pb2.RecordDeathRequest(name=client.name, deceased_date=day("2025-01-07")), role="SYS")
    assert refused(giving(client, "DENIAL", "ALL")) == (Code.FAILED_PRECONDITION, "CLIENT_CLOSED")


def test_story_4_a_denial_hides_from_the_dental_unit_and_not_from_the_voucher_provider_CONSENT_3(
    hands: Hands, own_session: Session, refused: Refused
) -> None:
    client = hands.register()
    keep_provider(own_session, facts=provider_facts(P04, "DIRECT_CHOICE_DENTAL", {}))
    own_session.execute(
        text(
            "insert into relationship (id, county_scheme, county_code, created_at, created_by, updated_at, version,"
            " client_id, kind, organisation_id, source_id, from_date, state) select gen_random_uuid(), 'M', '06',"
            " now(), 'x', now(), 1, id, 'VOUCHER', :helper, gen_random_uuid(), '2025-01-01', 'OPEN' from client"
        ),
        {"helper": P07},
    )
    own_session.commit()
    hands.call(giving(client, "DENIAL", "SERVICE_TASK", "LASTENSUOJELU"))
    task = {"service_task": care_pb2.SERVICE_TASK_LASTENSUOJELU}
    answers = {
        (who, row): hands.call(asking(client.uid, str(who), plan_row=row, **task), role="SYS").permitted
        for who in (P01, P04, P07)
        for row in (True, False)
    }
    assert [pair for pair, permitted in answers.items() if not permitted] == [(P04, False)]
    emergency = asking(client.uid, str(P04), exception=pb.DISCLOSURE_EXCEPTION_EMERGENCY, **task)
    assert hands.call(emergency, role="SYS").permitted
    assert refused(asking(client.uid, str(P04)), role="PRV", organisation=P07) == NOT_OWN
    for whose in (client.uid, str(uuid4())):
        assert refused(asking(whose, str(P04)), role="HSP", organisation=P04) == NOT_OWN
    hands.meet(client, P04)
    assert hands.call(asking(client.uid, str(P04)), role="HSP", organisation=P04).permitted


def test_two_equal_ones_in_force_are_impossible_CONSENT_9(hands: Hands, own_session: Session) -> None:
    hands.call(giving(hands.register(), "DENIAL", "ALL"))
    columns = "county_scheme, county_code, created_at, created_by, version, state"
    columns += ", client_id, kind, sector, target, target_id"
    twin = f"insert into consent (id, {columns}) select gen_random_uuid(), {columns} from consent"
    with pytest.raises(IntegrityError, match="uq_consent_in_force"):
        own_session.execute(text(twin))
