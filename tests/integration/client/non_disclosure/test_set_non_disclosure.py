"""CLIENT-5, INV-15: under a non-disclosure order no answer, fact or search tells others where the client lives."""

from collections.abc import Callable
from typing import Any

import grpc
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.chassis.redaction import Reader, redact
from services.client.bus import ClientBus
from sote.client.v1 import client_pb2, contact_pb2, contact_service_pb2, events_pb2, section_pb2
from sote.client.v1 import client_service_pb2 as pb
from sote.client.v1 import non_disclosure_service_pb2 as nd
from sote.type.v1 import care_pb2
from sote.type.v1.section_pb2 import GetSectionsRequest
from tests.builders.client.county import P02, SOCIAL_WORKER, U10, Hands, day

Code = grpc.StatusCode
Refused = Callable[..., tuple[grpc.StatusCode, str]]
BUS = ClientBus()
HOME = client_pb2.ContactData(
    municipality_code="837", address="Koivukuja 1", contact_address="Mummola 2", phone="040-1"
)
SAFE = client_pb2.NonDisclosure(
    from_date=day("2025-01-07"), valid_to=day("2030-01-07"), contact_address="PL 77", safe_phone="050-0"
)
TELLING = ("Koivukuja", "Mummola", "040-1", "837", str(U10), "Salakatu")
CODE = "140318A913J"


@pytest.fixture
def client(hands: Hands) -> Any:
    """A client under an order who has been in contact and assessed at a centre."""
    made = hands.register(contact_data=HOME)
    hands.completed(made)
    contact = contact_service_pb2.RecordContactRequest(
        client_id=made.uid,
        unit_id=str(U10),
        text="moved to Salakatu",
        channel=contact_pb2.CONTACT_CHANNEL_VISIT,
        initiator=contact_pb2.CONTACT_INITIATOR_SELF,
    )
    hands.call(contact)
    return hands.call(setting(made))


def setting(client: Any, last: str = "2030-01-07") -> nd.SetNonDisclosureRequest:
    return nd.SetNonDisclosureRequest(name=client.name, valid_to=day(last), contact_address="PL 77", safe_phone="050-0")


def section_for(hands: Hands, client: Any, role: str) -> section_pb2.ClientSection:
    (found,) = hands.call(GetSectionsRequest(client_ids=[client.uid]), role=role, subject=client.uid).sections
    return section_pb2.ClientSection.FromString(found.body)


@pytest.mark.parametrize("role", ["HOP", "HSP"])
def test_no_answer_to_a_provider_tells_where_the_client_lives_INV_15(role: str, client: Any, hands: Hands) -> None:
    kind = care_pb2.ATTENTION_KIND_SPECIAL_SUPPORT
    answers = [
        hands.call(pb.GetClientRequest(name=client.name), role=role),
        hands.call(
            pb.SetAttentionRequest(name=client.name, kind=kind, reason="why", decided_by=SOCIAL_WORKER), role=role
        ),
        section_for(hands, client, role),
    ]
    for answer in answers:
        assert answer.non_disclosure == SAFE
        assert not answer.HasField("contact_data")
        assert not [place for place in TELLING if place in str(answer)]
    assert section_for(hands, client, role).latest_assessment.uid


@pytest.mark.parametrize("role", ["PRV", "DPO"])
def test_nor_does_the_section_INV_15(role: str, client: Any, hands: Hands) -> None:
    section = section_for(hands, client, role)
    assert section.non_disclosure == SAFE
    assert not [place for place in TELLING if place in str(section)]


@pytest.mark.parametrize("role", ["CSW", "CSP", "FIN", "CLI", "SYS"])
def test_the_county_and_the_client_see_all_ACCESS_3(role: str, client: Any, hands: Hands) -> None:
    section = section_for(hands, client, role)
    assert section.contact_data == HOME
    assert role == "FIN" or [place for place in TELLING if place not in str(section)] == []


MATRIX = {
    "CSW": set(),
    "CSP": set(),
    "CLI": set(),
    "SYS": set(),
    "HOP": set(),
    "HSP": {"assessment_narrative", "guidance"},
    "PRV": {"assessment_narrative", "guidance", "contacts"},
    "FIN": {
        *("attention_flags", "own_worker", "latest_assessment", "open_assessment", "assessment_narrative"),
        *("guidance", "contacts", "representatives"),
    },
}
MATRIX["DPO"] = MATRIX["FIN"] | {"contact_data", "decisions", "direct_choices"}


@pytest.mark.parametrize("role", MATRIX)
def test_each_role_is_shown_its_fields_of_the_section_ACCESS_3(role: str) -> None:
    section = section_pb2.ClientSection()
    for field in section.DESCRIPTOR.fields:
        if field.message_type is not None:
            part = getattr(section, field.name)
            part.add() if field.is_repeated else part.SetInParent()
    section.attention_flags[0].reason = section.decisions[0].grounds = "why"
    shown = section_pb2.ClientSection()
    shown.CopyFrom(section)
    redact(shown, Reader(role, "an organisation"))
    hidden = {field.name for field, _ in section.ListFields()} - {field.name for field, _ in shown.ListFields()}
    assert hidden == MATRIX[role]
    assert [flag.reason for flag in shown.attention_flags if flag.reason] == (
        ["why"] if role in {"CSW", "CSP", "CLI", "SYS", "HOP", "HSP"} else []
    )
    assert [one.grounds for one in shown.decisions if one.grounds] == (
        ["why"] if role in {"CSW", "CSP", "CLI", "SYS"} else []
    )


def test_a_client_gets_the_own_section_only_INV_14(client: Any, hands: Hands) -> None:
    other = hands.register("010190-999W")
    asked = GetSectionsRequest(client_ids=[client.uid, other.uid])
    assert [one.client_id for one in hands.call(asked, role="CLI", subject=other.uid).sections] == [other.uid]
    assert len(hands.call(asked).sections) == 2


def test_without_an_order_providers_see_where_and_a_data_officer_does_not_ACCESS_3(hands: Hands) -> None:
    made = hands.register(contact_data=HOME)
    hands.meet(made)
    assert hands.call(pb.GetClientRequest(name=made.name), role="HSP").contact_data == HOME
    assert section_for(hands, made, "PRV").contact_data == HOME
    assert not section_for(hands, made, "DPO").HasField("contact_data")


def test_a_search_by_others_does_not_find_the_client_NONDISCLOSURE_1(
    client: Any, hands: Hands, refused: Refused
) -> None:
    search = pb.FindClientRequest(identity_code=CODE)
    for role in ("HOP", "HSP"):
        assert refused(search, role=role, organisation=P02) == (Code.NOT_FOUND, "CLIENT_UNKNOWN")
    for role in ("CSW", "CSP", "FIN"):
        assert hands.call(search, role=role).uid == client.uid


def test_facts_carry_the_flag_alone_INV_15(client: Any, hands: Hands, own_session: Session) -> None:
    moved = pb.MoveOutClientRequest(name=client.name, moved_date=day("2025-01-07"), moved_to_county="MAAKUNTA_2017:01")
    assert hands.call(moved).ending.moved_to_county == "MAAKUNTA_2017:01"
    query = text("select routing_key, body from outbox where body is not null order by id")
    rows = list(own_session.execute(query))
    (flag,) = [body for name, body in rows if name.endswith(".ClientNonDisclosureChanged")]
    fact = events_pb2.ClientNonDisclosureChanged.FromString(flag)
    assert (fact.client_id, fact.active) == (client.uid, True)
    assert fact.version > 1
    words = [one.encode() for one in ("Koivukuja", "Mummola", "040-1", "PL 77", "Salakatu", "MAAKUNTA_2017:01")]
    assert not [name for name, body in rows for word in words if word in body]


def test_an_order_is_set_extended_and_ended_CLIENT_5(hands: Hands, own_session: Session, refused: Refused) -> None:
    made = hands.register()
    too_long = (Code.INVALID_ARGUMENT, "NON_DISCLOSURE_PERIOD")
    assert refused(setting(made, "2030-01-08")) == too_long
    ordered = hands.call(setting(made))
    assert hands.call(setting(made)).etag == ordered.etag
    assert refused(setting(made, "2032-01-08")) == too_long
    assert hands.call(setting(made, "2032-01-07")).non_disclosure.from_date == day("2025-01-07")
    end = nd.EndNonDisclosureRequest(name=made.name)
    for _ in range(2):
        assert not hands.call(end).HasField("non_disclosure")
    for role in ("HSP", "PRV", "CLI"):
        assert refused(setting(made), role=role) == (Code.PERMISSION_DENIED, "ROLE_NOT_ALLOWED")
    query = text("select body from outbox where routing_key like '%.ClientNonDisclosureChanged' order by id")
    facts = [events_pb2.ClientNonDisclosureChanged.FromString(body).active for body in own_session.scalars(query)]
    assert facts == [True, True, False]
    hands.call(pb.RecordDeathRequest(name=made.name, deceased_date=day("2025-01-07")), role="SYS")
    for request in (setting(made), end):
        assert refused(request) == (Code.FAILED_PRECONDITION, "ILLEGAL_TRANSITION")


def test_an_order_protects_until_the_timer_ends_it_CLIENT_5(hands: Hands, own_session: Session) -> None:
    made = hands.register(contact_data=HOME)
    hands.call(setting(made, "2025-03-01"))
    for on, protected in (("2025-03-01", True), ("2025-03-02", False)):
        hands.go_to(on)
        BUS.end_expired_orders(own_session, hands.at)
        own_session.commit()
        hands.meet(made)
        shown = hands.call(pb.GetClientRequest(name=made.name), role="HSP")
        assert shown.HasField("non_disclosure") == protected != shown.HasField("contact_data")


def test_the_order_of_a_client_recorded_twice_holds_for_the_one_that_stays_CLIENT_12(hands: Hands) -> None:
    first = hands.register(contact_data=HOME)
    hands.go_to("2025-01-08")
    second = hands.call(setting(hands.register("010190-999W")))
    hands.call(pb.MergeClientRequest(name=second.name, target_client_id=first.uid))
    hands.meet(first)
    shown = hands.call(pb.GetClientRequest(name=first.name), role="HSP")
    assert shown.HasField("non_disclosure")
    assert not shown.HasField("contact_data")


def test_a_repeated_answer_tells_no_more_than_the_first_PROCESS_3(client: Any, hands: Hands) -> None:
    request = pb.SetAttentionRequest(
        name=client.name, kind=care_pb2.ATTENTION_KIND_SPECIAL_SUPPORT, reason="why", decided_by=SOCIAL_WORKER,
        request_id="00000000-0000-4000-8000-00000000abcd",
    )  # fmt: skip
    first = hands.call(request, role="HSP")
    assert hands.call(request, role="HSP") == first
    assert not first.HasField("contact_data")
