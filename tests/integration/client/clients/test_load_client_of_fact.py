"""What neighbours tell of a client who was merged is a matter of the client who stays."""

from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.orm import Session

from sote.client.v1 import client_pb2
from sote.client.v1 import client_service_pb2 as pb
from sote.package.v1 import events_pb2 as package
from sote.voucher.v1 import events_pb2 as voucher
from tests.builders.client.county import Hands
from tests.builders.client.relationships import a_voucher, kinds, life, tell

OTHER_CODE = "010190-999W"


def merged(hands: Hands) -> tuple[client_pb2.Client, client_pb2.Client]:
    """Two records of one person: the one that was merged, and the one that stays."""
    stays = hands.register()
    hands.at += timedelta(seconds=1)
    gone = hands.register(OTHER_CODE)
    hands.call(pb.MergeClientRequest(name=gone.name, target_client_id=stays.uid))
    return gone, stays


def test_a_plan_and_a_consultation_open_relationships_with_the_client_who_stays(
    hands: Hands, own_session: Session
) -> None:
    gone, stays = merged(hands)
    for fact in life(gone)[:3]:
        tell(hands, own_session, fact)
    assert kinds(hands, stays) == {"CONSULTATION"}
    assert kinds(hands, gone) == set()


def test_a_voucher_opens_a_relationship_with_the_client_who_stays(hands: Hands, own_session: Session) -> None:
    gone, stays = merged(hands)
    reserved = voucher.VoucherReserved(voucher=a_voucher(gone, 1, "RESERVED"))
    tell(hands, own_session, reserved)
    assert (kinds(hands, stays), kinds(hands, gone)) == ({"VOUCHER"}, set())


def test_a_matter_activates_the_client_who_stays(hands: Hands, own_session: Session) -> None:
    gone, stays = merged(hands)
    facts = package.EnrolmentFacts(enrolment_id=gone.uid, client_id=gone.uid, version=1)
    tell(hands, own_session, package.EnrolmentProposed(enrolment=facts))
    assert hands.call(pb.GetClientRequest(name=stays.name)).state == client_pb2.CLIENT_STATE_ACTIVE
    owner = own_session.scalar(text("select client_id from matter_copy where matter_id = :id"), {"id": gone.uid})
    assert str(owner) == stays.uid
