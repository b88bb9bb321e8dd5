"""CLIENT-7: the direct choice of a centre or a dental unit: contract, minimum period, guidance, and how it ends."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import grpc
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.client.bus import ClientBus
from sote.client.v1 import choice_pb2, client_pb2, direct_choice_service_pb2, events_pb2, section_pb2
from sote.client.v1 import client_service_pb2 as pb
from sote.provider.v1 import contract_pb2
from sote.provider.v1 import events_pb2 as provider
from sote.type.v1 import care_pb2
from sote.type.v1.section_pb2 import GetSectionsRequest
from tests.builders.client.bus import apply_fact
from tests.builders.client.county import P01, P02, SOCIAL_WORKER, U01, U10, Hands, day
from tests.builders.client.direct_choices import DENTAL, HSSC, NOW, P03, P04, U12, U13, contract, guidance, tell_market

Code = grpc.StatusCode
Refused = Callable[..., tuple[grpc.StatusCode, str]]
BUS = ClientBus()


def hear(session: Session, facts: provider.ContractFacts) -> None:
    apply_fact(session, provider.ContractActivated(contract=facts), NOW)
    session.commit()


@pytest.fixture
def market(hands: Hands, own_session: Session) -> Session:
    """Two centres and a dental clinic with contracts in force."""
    tell_market(own_session)
    own_session.commit()
    return own_session


def choosing(client: Any, unit: UUID = U10, kind: Any = HSSC) -> direct_choice_service_pb2.ChooseDirectRequest:
    return direct_choice_service_pb2.ChooseDirectRequest(name=client.name, kind=kind, unit_id=str(unit))


def chosen(hands: Hands, client: Any, unit: UUID = U10) -> Any:
    hands.call(guidance(client))
    return hands.call(choosing(client, unit))


def ended(session: Session) -> list[Any]:
    query = text("select body from outbox where routing_key like '%.DirectChoiceEnded' order by id")
    return [events_pb2.DirectChoiceEnded.FromString(body) for body in session.scalars(query)]


def test_a_client_chooses_a_centre_and_the_record_shows_it_CLIENT_7(hands: Hands, market: Session) -> None:
    client = hands.register()
    made = chosen(hands, client)
    assert (made.provider_id, made.unit_id) == (str(P02), str(U10))
    assert (made.from_date, made.earliest_change_date) == (day("2025-01-07"), day("2025-07-07"))
    assert made.state == choice_pb2.DIRECT_CHOICE_STATE_IN_FORCE
    assert hands.call(pb.GetClientRequest(name=client.name)).state == client_pb2.CLIENT_STATE_ACTIVE
    (section,) = hands.call(GetSectionsRequest(client_ids=[client.uid])).sections
    assert list(section_pb2.ClientSection.FromString(section.body).direct_choices) == [made]
    assert hands.call(direct_choice_service_pb2.GetDirectChoiceRequest(name=made.name)) == made
    body = market.scalar(text("select body from outbox where routing_key like '%.DirectChoiceMade'"))
    facts = events_pb2.DirectChoiceMade.FromString(body).choice
    assert (facts.choice_id, facts.client_id, facts.provider_id) == (made.uid, client.uid, str(P02))
    assert (facts.kind, facts.version) == (HSSC, 1)


def test_the_same_unit_again_changes_nothing_CLIENT_7(hands: Hands, market: Session) -> None:
    client = hands.register()
    made = chosen(hands, client)
    assert hands.call(choosing(client)) == made
    assert market.scalar(text("select count(*) from outbox where routing_key like '%.DirectChoiceMade'")) == 1


def test_another_centre_only_after_the_minimum_period_CLIENT_7(hands: Hands, market: Session, refused: Refused) -> None:
    client = hands.register()
    first = chosen(hands, client)
    hands.go_to("2025-07-06")
    hands.call(guidance(client))
    assert refused(choosing(client, U12)) == (Code.FAILED_PRECONDITION, "CHOICE_TOO_EARLY")
    hands.go_to("2025-07-07")
    second = hands.call(choosing(client, U12))
    listed = hands.call(direct_choice_service_pb2.ListDirectChoicesRequest(client_id=client.uid)).direct_choices
    assert [one.uid for one in listed] == [first.uid, second.uid]
    assert listed[0].end_reason == choice_pb2.DIRECT_CHOICE_END_REASON_REPLACED
    (fact,) = ended(market)
    assert (fact.choice.choice_id, fact.choice.version) == (first.uid, 2)


def test_a_dental_unit_is_chosen_beside_the_centre_CLIENT_7(hands: Hands, market: Session, refused: Refused) -> None:
    client = hands.register()
    chosen(hands, client)
    hands.call(guidance(client, "ADVICE", P04, of=DENTAL))
    assert hands.call(choosing(client, U13, DENTAL)).provider_id == str(P04)
    assert refused(choosing(client, U13)) == (Code.FAILED_PRECONDITION, "NO_ACTIVE_CONTRACT")


@pytest.mark.parametrize(
    "changes",
    [
        {"state": contract_pb2.CONTRACT_STATE_SUSPENDED},
        {"valid_from": day("2025-01-08")},
        {"valid_to": day("2025-01-06")},
        {"termination_effective": day("2025-01-06")},
        {"lines": [contract_pb2.ServiceLineFacts(service_code="HLT-GP", unit_ids=[str(U01)])]},
    ],
)
def test_only_a_unit_with_a_contract_in_force_today_CLIENT_7(
    changes: dict[str, Any], hands: Hands, market: Session, refused: Refused
) -> None:
    client = hands.register()
    hands.call(guidance(client))
    hear(market, contract(P02, version=2, **changes))
    assert refused(choosing(client)) == (Code.FAILED_PRECONDITION, "NO_ACTIVE_CONTRACT")


@pytest.mark.parametrize(
    "kind",
    ["LineChanged", "Suspended", "Reinstated", "NoticeGiven", "Terminated", "Expired", "Withdrawn", "Activated"],
)
def test_every_fact_of_a_contract_carries_all_of_it_CLIENT_7(
    kind: str, hands: Hands, market: Session, refused: Refused
) -> None:
    client = hands.register()
    hands.call(guidance(client))
    event = getattr(provider, f"Contract{kind}")(contract=contract(P02, version=2, valid_to=day("2025-01-06")))
    apply_fact(market, event, NOW)
    market.commit()
    assert refused(choosing(client)) == (Code.FAILED_PRECONDITION, "NO_ACTIVE_CONTRACT")


def test_an_older_fact_of_a_contract_and_another_kind_change_nothing_CLIENT_7(hands: Hands, market: Session) -> None:
    hear(market, contract(P02, version=0, state=contract_pb2.CONTRACT_STATE_SUSPENDED))
    hear(market, contract(P03, version=2, kind=contract_pb2.CONTRACT_KIND_VOUCHER, valid_to=day("2025-01-02")))
    chosen(hands, hands.register())


def test_a_direct_choice_needs_recent_guidance_given_for_it_S1_12(
    hands: Hands, market: Session, refused: Refused
) -> None:
    client = hands.register()
    required = (Code.FAILED_PRECONDITION, "GUIDANCE_REQUIRED")
    assert refused(choosing(client)) == required
    hands.call(guidance(client, "ADVICE", P04, of=DENTAL))
    assert refused(choosing(client)) == required
    hands.call(guidance(client))
    hands.go_to("2025-04-08")
    assert refused(choosing(client)) == required
    hands.go_to("2025-04-07")
    hands.call(choosing(client))


def test_the_guidance_of_the_last_choice_does_not_serve_the_next_S1_12(
    hands: Hands, market: Session, refused: Refused
) -> None:
    client = hands.register()
    chosen(hands, client)
    market.execute(text("update direct_choice set earliest_change = '2025-01-07'"))
    market.commit()
    assert refused(choosing(client, U12)) == (Code.FAILED_PRECONDITION, "GUIDANCE_REQUIRED")


def test_the_options_of_a_direct_choice_are_all_who_can_be_chosen_INV_23(
    hands: Hands, market: Session, refused: Refused
) -> None:
    client = hands.register()
    for options in ((P02,), (P02, P03, P04)):
        assert refused(guidance(client, "ADVICE", *options)) == (Code.FAILED_PRECONDITION, "OPTIONS_INCOMPLETE")
    nobody = guidance(client)
    nobody.client_id = ""
    assert refused(nobody) == (Code.FAILED_PRECONDITION, "CLIENT_REQUIRED")


def test_who_needs_particular_attention_is_given_support_S1_14(hands: Hands, market: Session, refused: Refused) -> None:
    client = hands.register()
    flag = pb.SetAttentionRequest(
        name=client.name, kind=care_pb2.ATTENTION_KIND_SPECIAL_SUPPORT, reason="why", decided_by=SOCIAL_WORKER
    )
    hands.call(flag)
    hands.call(guidance(client))
    assert refused(choosing(client)) == (Code.FAILED_PRECONDITION, "SUPPORT_REQUIRED")
    hands.call(guidance(client, "SUPPORT"))
    hands.call(choosing(client))


def test_a_death_ends_the_choices_and_INV_16_nothing_is_chosen_after_PROCESS_D6(
    hands: Hands, market: Session, refused: Refused
) -> None:
    client = hands.register()
    chosen(hands, client)
    hands.call(pb.RecordDeathRequest(name=client.name, deceased_date=day("2025-01-07")), role="SYS")
    (fact,) = ended(market)
    assert fact.reason == choice_pb2.DIRECT_CHOICE_END_REASON_DECEASED
    for request in (choosing(client, U12), guidance(client)):
        assert refused(request) == (Code.FAILED_PRECONDITION, "CLIENT_CLOSED")


def test_who_moved_out_and_back_chooses_anew_before_the_period_is_over_CLIENT_7(hands: Hands, market: Session) -> None:
    client = hands.register()
    chosen(hands, client)
    hands.call(pb.MoveOutClientRequest(name=client.name, moved_date=day("2025-01-07")))
    home = client_pb2.ContactData(municipality_code="837")
    hands.call(pb.MoveBackClientRequest(name=client.name, contact_data=home))
    hands.call(choosing(client, U12))
    assert [fact.reason for fact in ended(market)] == [choice_pb2.DIRECT_CHOICE_END_REASON_MOVED]


def test_a_choice_does_not_outlive_its_contract_and_another_may_follow_at_once_CLIENT_7(
    hands: Hands, market: Session
) -> None:
    client = hands.register()
    chosen(hands, client)
    hear(market, contract(P02, version=2, state=contract_pb2.CONTRACT_STATE_SUSPENDED))
    BUS.end_lost_choices(market, hands.at)
    assert ended(market) == []
    early = {"state": contract_pb2.CONTRACT_STATE_TERMINATED, "termination_effective": day("2025-01-31")}
    hear(market, contract(P02, version=3, **early))
    hands.go_to("2025-02-03")
    for _ in range(2):
        BUS.end_lost_choices(market, hands.at)
        market.commit()
    assert [fact.reason for fact in ended(market)] == [choice_pb2.DIRECT_CHOICE_END_REASON_CONTRACT_ENDED]
    hands.call(guidance(client, "ADVICE", P03))
    assert hands.call(choosing(client, U12)).provider_id == str(P03)


def test_malformed_and_unknown_are_refused_REFUSAL_2(hands: Hands, market: Session, refused: Refused) -> None:
    client = hands.register()
    assert refused(direct_choice_service_pb2.ChooseDirectRequest(name=client.name, unit_id=str(U10))) == (
        Code.INVALID_ARGUMENT,
        "INVALID_REQUEST",
    )
    unknown = direct_choice_service_pb2.GetDirectChoiceRequest(name=f"directChoices/{P01}")
    assert refused(unknown) == (Code.NOT_FOUND, "CHOICE_UNKNOWN")
    assert refused(choosing(client), role="PRV") == (Code.PERMISSION_DENIED, "ROLE_NOT_ALLOWED")
