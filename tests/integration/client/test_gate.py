"""The gate of the client service: a provider's staff reach the clients their organisation has a relationship with."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import grpc
import pytest

from sote.client.v1 import assessment_service_pb2, direct_choice_service_pb2, representative_pb2
from sote.client.v1 import client_service_pb2 as pb
from sote.client.v1 import representative_service_pb2 as representatives
from sote.type.v1 import care_pb2
from sote.type.v1.section_pb2 import GetSectionsRequest
from tests.builders.client.county import P02, SOCIAL_WORKER, Hands

Code = grpc.StatusCode
Refused = Callable[..., tuple[grpc.StatusCode, str]]
NOT_OWN = (Code.PERMISSION_DENIED, "NO_RELATIONSHIP")
CODE = "140318A913J"


def acts(uid: str) -> list[Any]:
    """What a centre's professional may ask about a client."""
    name = f"clients/{uid}"
    flag = pb.SetAttentionRequest(
        name=name, kind=care_pb2.ATTENTION_KIND_SPECIAL_SUPPORT, reason="why", decided_by=SOCIAL_WORKER
    )
    guardian = representatives.AddRepresentativeRequest(
        client_id=uid,
        kind=representative_pb2.REPRESENTATIVE_KIND_INFORMAL_CARER,
        matters=representative_pb2.REPRESENTED_MATTERS_ALL,
        person=representative_pb2.RepresentativePerson(display_name="Aino"),
    )
    return [
        pb.GetClientRequest(name=name),
        pb.GetIdentityCodeRequest(name=name),
        assessment_service_pb2.ListAssessmentsRequest(client_id=uid),
        direct_choice_service_pb2.ListDirectChoicesRequest(client_id=uid),
        flag,
        guardian,
    ]


@pytest.mark.parametrize("number", range(6))
def test_a_stranger_reaches_a_client_as_little_as_nobody_INV_14(number: int, hands: Hands, refused: Refused) -> None:
    client = hands.register(CODE)
    stranger: dict[str, Any] = {"role": "HOP", "organisation": P02}
    for uid in (client.uid, str(uuid4())):
        assert refused(acts(uid)[number], **stranger) == NOT_OWN
    hands.meet(client, P02)
    hands.call(acts(client.uid)[number], **stranger)
    hands.at += timedelta(days=8)
    assert refused(acts(client.uid)[number], **stranger) == NOT_OWN


def test_a_search_finds_a_strangers_client_as_nobody_INV_14_ACCESS_23(hands: Hands, refused: Refused) -> None:
    client = hands.register(CODE)
    search = pb.FindClientRequest(identity_code=CODE)
    assert refused(search, role="HSP", organisation=P02) == (Code.NOT_FOUND, "CLIENT_UNKNOWN")
    hands.meet(client, P02)
    assert hands.call(search, role="HSP", organisation=P02).uid == client.uid


@pytest.mark.parametrize("role", ["HOP", "HSP", "PRV"])
def test_sections_hold_nothing_of_a_strangers_client_INV_14(role: str, hands: Hands) -> None:
    client, other = hands.register(CODE), hands.register("010190-999W")
    hands.meet(client, P02)
    asked = GetSectionsRequest(client_ids=[other.uid, client.uid, str(uuid4())])
    shown = hands.call(asked, role=role, organisation=P02).sections
    assert {one.client_id for one in shown} == {client.uid}
