"""REPRESENTATIVE-2: who stands for a client is recorded, shown, acts, and is looked after when the client is gone."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import grpc
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from sote.client.v1 import (
    client_service_pb2,
    contact_pb2,
    contact_service_pb2,
    decision_pb2,
    decision_service_pb2,
    events_pb2,
    representative_pb2,
    section_pb2,
)
from sote.client.v1 import consent_service_pb2 as consents
from sote.client.v1 import relationship_service_pb2 as rel
from sote.client.v1 import representative_service_pb2 as pb
from sote.type.v1 import care_pb2
from sote.type.v1.section_pb2 import GetSectionsRequest
from tests.builders.client.consents import giving
from tests.builders.client.county import Hands, day

Code = grpc.StatusCode
Refused = Callable[..., tuple[grpc.StatusCode, str]]
NOT_OWN = (Code.PERMISSION_DENIED, "NO_RELATIONSHIP")
PERSON = representative_pb2.RepresentativePerson(display_name="Maija Esimerkki", phone="040-7")


@pytest.fixture
def child(hands: Hands) -> Any:
    """A child of six."""
    return hands.register()


@pytest.fixture
def parent(hands: Hands) -> Any:
    """A client of thirty-five."""
    return hands.register("010190-999W")


def adding(client: Any, kind: str, by: Any = None, **more: Any) -> pb.AddRepresentativeRequest:
    who = {"representative_client_id": by.uid} if by else {"person": PERSON}
    told: dict[str, Any] = {"matters": representative_pb2.REPRESENTED_MATTERS_ALL, **who, **more}
    return pb.AddRepresentativeRequest(
        client_id=client.uid, kind=representative_pb2.RepresentativeKind.Value(f"REPRESENTATIVE_KIND_{kind}"), **told
    )


def shown(hands: Hands, client: Any) -> list[Any]:
    (section,) = hands.call(GetSectionsRequest(client_ids=[client.uid])).sections
    return list(section_pb2.ClientSection.FromString(section.body).representatives)


def test_a_person_who_is_no_client_is_sealed_listed_and_not_in_the_record_REPRESENTATIVE_4(
    hands: Hands, child: Any, own_session: Session
) -> None:
    made = hands.call(adding(child, "GUARDIAN"))
    assert (made.person, made.to_date) == (PERSON, day("2036-03-13"))
    (listed,) = hands.call(pb.ListRepresentativesRequest(client_id=child.uid)).representatives
    assert listed == made
    (recorded,) = shown(hands, child)
    assert (recorded.uid, recorded.HasField("person")) == (made.uid, False)
    sealed = own_session.scalar(text("select sealed from representative_person"))
    bodies = own_session.scalars(text("select body from outbox where body is not null")).all()
    assert not [body for body in (sealed, *bodies) if b"Maija" in body or b"040-7" in body]
    ended = hands.call(pb.EndRepresentativeRequest(name=made.name, etag=made.etag))
    assert (ended.state, ended.ended_date) == (representative_pb2.REPRESENTATIVE_STATE_ENDED, day("2025-01-07"))
    assert shown(hands, child) == []
    query = text("select body from outbox where routing_key like '%.RepresentativeChanged' order by id")
    facts = [events_pb2.RepresentativeChanged.FromString(body).representative for body in own_session.scalars(query)]
    assert [(one.representative_id, one.version) for one in facts] == [(made.uid, 1), (made.uid, 2)]


def test_refusals_REPRESENTATIVE_1(hands: Hands, child: Any, parent: Any, refused: Refused) -> None:
    made = hands.call(adding(child, "GUARDIAN", parent))
    nobody = adding(child, "GUARDIAN", parent)
    nobody.representative_client_id = str(uuid4())
    over = adding(child, "AUTHORISED", parent, from_date=day("2025-02-02"), to_date=day("2025-02-01"))
    for request, expected in (
        (adding(child, "GUARDIAN", parent), (Code.ALREADY_EXISTS, "REPRESENTATIVE_EXISTS")),
        (adding(parent, "GUARDIAN"), (Code.FAILED_PRECONDITION, "NOT_A_MINOR")),
        (adding(child, "AUTHORISED", child), (Code.FAILED_PRECONDITION, "SELF_REPRESENTED")),
        (nobody, (Code.NOT_FOUND, "CLIENT_UNKNOWN")),
        (over, (Code.INVALID_ARGUMENT, "REPRESENTATION_PERIOD")),
        (adding(child, "TRUSTEE", parent, person=PERSON), (Code.INVALID_ARGUMENT, "INVALID_REQUEST")),
        (pb.EndRepresentativeRequest(name=f"representatives/{uuid4()}"), (Code.NOT_FOUND, "REPRESENTATIVE_UNKNOWN")),
        (pb.EndRepresentativeRequest(name=made.name, etag='"9"'), (Code.ABORTED, "VERSION_CONFLICT")),
    ):
        assert refused(request) == expected
    hands.call(pb.EndRepresentativeRequest(name=made.name))
    ended = pb.EndRepresentativeRequest(name=made.name)
    assert refused(ended) == (Code.FAILED_PRECONDITION, "ILLEGAL_TRANSITION")
    dead = client_service_pb2.RecordDeathRequest(name=parent.name, deceased_date=day("2025-01-07"))
    hands.call(dead, role="SYS")
    closed = (Code.FAILED_PRECONDITION, "CLIENT_CLOSED")
    assert refused(adding(child, "GUARDIAN", parent)) == closed
    assert refused(adding(parent, "TRUSTEE", child)) == closed


def acts(client: Any) -> list[Any]:
    """Where a client may act for the own self."""
    contact = contact_service_pb2.RecordContactRequest(
        client_id=client.uid,
        channel=contact_pb2.CONTACT_CHANNEL_ELECTRONIC,
        initiator=contact_pb2.CONTACT_INITIATOR_RELATIVE,
    )
    return [
        contact,
        rel.ListRelationshipsRequest(client_id=client.uid),
        pb.ListRepresentativesRequest(client_id=client.uid),
        consents.ListConsentsRequest(client_id=client.uid),
    ]


def test_a_representative_acts_for_the_client_and_a_carer_or_stranger_does_not_INV_14(
    hands: Hands, child: Any, parent: Any, refused: Refused
) -> None:
    as_parent: dict[str, Any] = {"role": "CLI", "subject": parent.uid}
    hands.call(adding(child, "INFORMAL_CARER", parent))
    for subject in (parent.uid, "somebody"):
        assert {refused(request, role="CLI", subject=subject) for request in acts(child)} == {NOT_OWN}
    made = hands.call(adding(child, "GUARDIAN", parent))
    for request in acts(child):
        hands.call(request, **as_parent)
    given = hands.call(giving(child, "DENIAL", "ALL"), **as_parent)
    hands.call(consents.RevokeConsentRequest(name=given.name), **as_parent)
    hands.call(pb.EndRepresentativeRequest(name=made.name))
    assert {refused(request, **as_parent) for request in acts(child)} == {NOT_OWN}


def test_a_minor_keeps_the_guardian_out_and_only_the_minor_lets_the_guardian_in_CONSENT_7(
    hands: Hands, child: Any, parent: Any, refused: Refused
) -> None:
    as_parent: dict[str, Any] = {"role": "CLI", "subject": parent.uid}
    hands.call(adding(child, "GUARDIAN", parent))
    assert refused(giving(child, "DENIAL", "GUARDIAN"), **as_parent) == NOT_OWN
    kept = hands.call(giving(child, "DENIAL", "GUARDIAN"))
    assert {refused(request, **as_parent) for request in acts(child)} == {NOT_OWN}
    assert refused(giving(child, "DENIAL", "ALL"), **as_parent) == NOT_OWN
    hands.call(giving(child, "DENIAL", "ALL", sector=care_pb2.SECTOR_HEALTH), **as_parent)
    revoke = consents.RevokeConsentRequest(name=kept.name)
    assert refused(revoke, **as_parent) == NOT_OWN
    hands.call(revoke, role="CLI", subject=child.uid)
    for request in acts(child):
        hands.call(request, **as_parent)


def test_a_linked_carer_is_told_with_the_completed_assessment_REPRESENTATIVE_3(
    hands: Hands, child: Any, parent: Any, own_session: Session
) -> None:
    hands.call(adding(child, "INFORMAL_CARER", parent))
    hands.completed(child)
    hands.completed(parent)
    query = text("select body from outbox where routing_key like '%.AssessmentCompleted' order by id")
    facts = [events_pb2.AssessmentCompleted.FromString(body) for body in own_session.scalars(query)]
    assert [(one.client_id, one.informal_carer) for one in facts] == [(child.uid, True), (parent.uid, False)]


@pytest.mark.parametrize("ending", ["dies", "moves"])
def test_whoever_cared_for_a_client_who_left_is_to_be_contacted_PROCESS_D6(
    ending: str, hands: Hands, child: Any, parent: Any, own_session: Session
) -> None:
    hands.call(adding(child, "INFORMAL_CARER", parent))
    hands.call(adding(child, "TRUSTEE", parent))
    hands.call(adding(parent, "AUTHORISED", child))
    if ending == "dies":
        request: Any = client_service_pb2.RecordDeathRequest(name=child.name, deceased_date=day("2025-01-07"))
    else:
        request = client_service_pb2.MoveOutClientRequest(name=child.name, moved_date=day("2025-01-07"))
    hands.call(request, role="SYS")
    listed = hands.call(pb.ListRepresentativesRequest(client_id=child.uid)).representatives
    assert {one.state for one in listed} == {representative_pb2.REPRESENTATIVE_STATE_ENDED}
    (other,) = hands.call(pb.ListRepresentativesRequest(client_id=parent.uid)).representatives
    assert (other.state == representative_pb2.REPRESENTATIVE_STATE_ENDED) == (ending == "dies")
    items = own_session.execute(text("select kind, subject from work_item")).all()
    assert [tuple(item) for item in items] == [("CARER_CONTACT", parent.name)]


def test_whether_one_may_act_for_another_is_told_without_telling_who_is_known_REPRESENTATIVE_2(
    hands: Hands, child: Any, parent: Any, refused: Refused
) -> None:
    check = pb.CheckRepresentationRequest(client_id=child.uid, representative_client_id=parent.uid)
    assert not hands.call(check, role="SYS").permitted
    hands.call(adding(child, "AUTHORISED", parent, matters=representative_pb2.REPRESENTED_MATTERS_HEALTH))
    for sector, permitted in (
        (care_pb2.SECTOR_UNSPECIFIED, False),
        (care_pb2.SECTOR_SOCIAL, False),
        (care_pb2.SECTOR_HEALTH, True),
    ):
        check.sector = sector
        assert hands.call(check, role="CLI", subject=parent.uid).permitted == permitted
    assert refused(check, role="CLI", subject=child.uid) == NOT_OWN
    check.client_id = str(uuid4())
    assert not hands.call(check, role="SYS").permitted


def test_a_representative_appeals_in_the_matters_represented_DECISION_1(
    hands: Hands, child: Any, parent: Any, refused: Refused
) -> None:
    decision = decision_service_pb2.MakeDecisionRequest(
        assessment_id=hands.completed(child).uid,
        service_code="HLT-OT",
        outcome=decision_pb2.DECISION_OUTCOME_REJECTED,
        grounds="why",
        applied_for=True,
    )
    appeal = decision_service_pb2.AppealDecisionRequest(name=hands.call(decision).name, grounds="why not")
    as_parent: dict[str, Any] = {"role": "CLI", "subject": parent.uid}
    hands.call(adding(child, "AUTHORISED", parent, matters=representative_pb2.REPRESENTED_MATTERS_SOCIAL))
    assert refused(appeal, **as_parent) == NOT_OWN
    hands.call(adding(child, "TRUSTEE", parent, matters=representative_pb2.REPRESENTED_MATTERS_HEALTH))
    hands.call(appeal, **as_parent)
