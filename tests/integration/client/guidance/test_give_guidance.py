"""Who guides whom, and the neutral list of what can be chosen directly."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import grpc
import pytest
from sqlalchemy.orm import Session

from services.client.operations.neighbours.keep_contract import keep_contract
from sote.client.v1 import choice_option_service_pb2 as options
from sote.client.v1 import client_pb2, contact_pb2, direct_choice_service_pb2, guidance_pb2, guidance_service_pb2
from sote.provider.v1 import contract_pb2
from tests.builders.client.county import P02, U10, Hands
from tests.builders.client.direct_choices import DENTAL, HSSC, P03, P04, U12, U13, contract, guidance, tell_market

Code = grpc.StatusCode
Refused = Callable[..., tuple[grpc.StatusCode, str]]


@pytest.fixture(autouse=True)
def market(hands: Hands, own_session: Session) -> Session:
    tell_market(own_session)
    own_session.commit()
    return own_session


def advice(client_id: str = "") -> guidance_service_pb2.GiveGuidanceRequest:
    """Advice that prepares no choice."""
    return guidance_service_pb2.GiveGuidanceRequest(
        client_id=client_id,
        kind=guidance_pb2.GUIDANCE_KIND_ADVICE,
        channel=contact_pb2.CONTACT_CHANNEL_PHONE,
        language=client_pb2.LANGUAGE_FI,
    )


def enrolled(hands: Hands, kind: Any, unit: UUID, *providers: UUID) -> Any:
    client = hands.register()
    hands.call(guidance(client, "ADVICE", *providers, of=kind))
    hands.call(direct_choice_service_pb2.ChooseDirectRequest(name=client.name, kind=kind, unit_id=str(unit)))
    return client


def listed(hands: Hands, client_id: str, kind: Any = HSSC, **caller: Any) -> Any:
    return hands.call(options.ListChoiceOptionsRequest(client_id=client_id, kind=kind), **caller)


@pytest.mark.parametrize(
    ("kind", "unit", "chosen", "others"), [(HSSC, U10, P02, (P03, P04)), (DENTAL, U13, P04, (P02, P03))]
)
def test_a_centre_and_a_dental_unit_guide_the_clients_who_chose_them_S1_13(
    kind: Any, unit: UUID, chosen: UUID, others: tuple[UUID, ...], hands: Hands, refused: Refused
) -> None:
    client = enrolled(hands, kind, unit, *((P02, P03) if kind == HSSC else (P04,)))
    for role in ("HOP", "HSP"):
        given = hands.call(advice(client.uid), role=role, organisation=chosen)
        assert given.giver_organisation_id == str(chosen)
        for other in others:
            assert refused(advice(client.uid), role=role, organisation=other) == (
                Code.PERMISSION_DENIED,
                "NO_RELATIONSHIP",
            )


def test_they_give_all_three_kinds_and_guide_a_choice_too_S2_07(hands: Hands) -> None:
    client = enrolled(hands, HSSC, U10)
    for kind in ("GUIDANCE", "ADVICE", "SUPPORT"):
        given = hands.call(guidance(client, kind, P04, of=DENTAL), role="HSP", organisation=P02)
        assert guidance_pb2.GuidanceKind.Name(given.kind) == f"GUIDANCE_KIND_{kind}"
    hands.call(direct_choice_service_pb2.ChooseDirectRequest(name=client.name, kind=DENTAL, unit_id=str(U13)))


def test_whoever_asks_without_a_name_is_guided_S1_13(hands: Hands) -> None:
    assert hands.call(advice(), role="HSP", organisation=P03).client_id == ""


def test_a_stranger_and_nobody_look_the_same_to_a_centre_INV_14(hands: Hands, refused: Refused) -> None:
    for client_id in (hands.register().uid, str(uuid4())):
        asked = refused(advice(client_id), role="HSP", organisation=P02)
        assert asked == (Code.PERMISSION_DENIED, "NO_RELATIONSHIP")


def test_who_changed_to_another_centre_is_guided_there_S1_13(hands: Hands, refused: Refused) -> None:
    client = enrolled(hands, HSSC, U10)
    hands.go_to("2025-07-07")
    hands.call(guidance(client))
    hands.call(direct_choice_service_pb2.ChooseDirectRequest(name=client.name, kind=HSSC, unit_id=str(U12)))
    hands.call(advice(client.uid), role="HSP", organisation=P03)
    assert refused(advice(client.uid), role="HSP", organisation=P02) == (Code.PERMISSION_DENIED, "NO_RELATIONSHIP")


def test_the_list_is_all_that_can_be_chosen_and_the_guidance_carries_its_digest_INV_23(
    hands: Hands, market: Session
) -> None:
    client = hands.register()
    found = listed(hands, client.uid)
    assert {(one.provider_id, *one.unit_ids) for one in found.options} == {(str(P02), str(U10)), (str(P03), str(U12))}
    shown = [UUID(one.provider_id) for one in found.options]
    assert hands.call(guidance(client, "ADVICE", *shown)).options_digest == found.options_digest
    assert [one.provider_id for one in listed(hands, client.uid, DENTAL).options] == [str(P04)]
    keep_contract(market, facts=contract(P03, version=2, state=contract_pb2.CONTRACT_STATE_SUSPENDED))
    market.commit()
    assert [one.provider_id for one in listed(hands, client.uid).options] == [str(P02)]


def test_the_order_is_the_clients_own_and_stays_INV_23(hands: Hands) -> None:
    seen = set()
    for number in range(12):
        client = str(UUID(int=number))
        order = tuple(one.provider_id for one in listed(hands, client).options)
        assert tuple(one.provider_id for one in listed(hands, client).options) == order
        seen.add(order)
    assert len(seen) == 2


def test_a_client_asks_for_no_other_INV_14(hands: Hands, refused: Refused) -> None:
    client = hands.register()
    assert listed(hands, client.uid, role="CLI", subject=client.uid).options
    other = options.ListChoiceOptionsRequest(client_id=str(uuid4()), kind=HSSC)
    assert refused(other, role="CLI", subject=client.uid) == (Code.PERMISSION_DENIED, "NO_RELATIONSHIP")


@pytest.mark.parametrize("digest", ["ab", "AB" * 32, "ab" * 32])
def test_a_list_digest_is_one_of_a_voucher_INV_23(digest: str, hands: Hands, refused: Refused) -> None:
    request = advice(hands.register().uid)
    request.list_digest = digest
    assert refused(request)[0] == Code.INVALID_ARGUMENT
