"""FREQUENT_USER follows the deliveries of twelve months, whatever their order, and is lifted when they are past."""

from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.chassis.inbox import NotYet
from services.client.bus import ClientBus
from services.client.domain.rules import Rules
from services.client.storage.attention import delivery as deliveries
from sote.careplan.v1 import events_pb2 as careplan
from sote.client.v1 import client_service_pb2 as pb
from sote.client.v1 import events_pb2
from sote.type.v1 import care_pb2
from tests.builders.client.bus import apply_fact
from tests.builders.client.county import Hands, day

BUS = type("Bus", (ClientBus,), {"rules": Rules(frequent_contacts=3)})()
OTHER = "010594Y9032"


def delivery(client: str, on: str) -> careplan.DeliveryRecorded:
    return careplan.DeliveryRecorded(
        delivery_id=str(uuid4()), client_id=client, service_code="HLT-GP", service_date=day(on), units=1
    )


def hear(hands: Hands, session: Session, *told: careplan.DeliveryRecorded) -> None:
    for one in told:
        apply_fact(session, one, hands.at, bus=BUS)
        session.commit()


def flagged(hands: Hands, client: Any) -> bool:
    found = hands.call(pb.GetClientRequest(name=client.name)).attention_flags
    return any(one.kind == care_pb2.ATTENTION_KIND_FREQUENT_USER and not one.HasField("to_date") for one in found)


def told(session: Session, kind: Any) -> list[Any]:
    query = text("select body from outbox where routing_key = :name order by id")
    return [kind.FromString(bytes(body)) for body in session.scalars(query, {"name": kind.DESCRIPTOR.full_name})]


def changes(session: Session) -> int:
    return len(told(session, events_pb2.ClientAttentionChanged))


def tick(hands: Hands, session: Session, on: str) -> None:
    hands.go_to(on)
    BUS.forget_deliveries(session, hands.at)
    session.commit()


@pytest.mark.parametrize("seed", range(4))
def test_who_is_served_often_is_flagged_in_whatever_order_and_however_often_it_is_told_S1_14_ATTENTION_1(
    seed: int, hands: Hands, own_session: Session
) -> None:
    client, other = hands.register(), hands.register(OTHER)
    days = ["2024-01-07", "2024-01-08", "2024-12-31", "2025-01-03"]  # the first is twelve months ago
    given = [delivery(client.uid, on) for on in days]
    hear(hands, own_session, *given[:3], *given[:3], *(delivery(other.uid, on) for on in days[2:]))
    assert not flagged(hands, client)
    every = given * 2
    Random(seed).shuffle(every)
    hear(hands, own_session, *every)
    assert (flagged(hands, client), flagged(hands, other), changes(own_session)) == (True, False, 1)


def test_the_flag_is_lifted_when_the_deliveries_are_past_and_nothing_of_them_is_kept_S1_14(
    hands: Hands, own_session: Session
) -> None:
    client = hands.register()
    hear(hands, own_session, *(delivery(client.uid, on) for on in ("2025-01-02", "2025-01-02", "2025-01-06")))
    tick(hands, own_session, "2026-01-01")
    assert flagged(hands, client)
    tick(hands, own_session, "2026-01-02")
    assert not flagged(hands, client)
    assert deliveries.count(own_session, client.uid, date(2000, 1, 1)) == 1
    hear(hands, own_session, delivery(client.uid, "2025-12-31"), delivery(client.uid, "2026-01-01"))
    assert flagged(hands, client)
    assert changes(own_session) == 3


def test_a_late_message_of_long_ago_counts_no_more_S1_14(hands: Hands, own_session: Session) -> None:
    client = hands.register()
    hear(hands, own_session, *(delivery(client.uid, "2023-06-01") for _ in range(5)))
    assert (flagged(hands, client), deliveries.count(own_session, client.uid, date(2000, 1, 1))) == (False, 0)


def test_who_was_recorded_twice_has_the_deliveries_of_both_CLIENT_12(hands: Hands, own_session: Session) -> None:
    target = hands.register()
    hands.at += timedelta(minutes=1)
    twice = hands.register(OTHER)
    hear(hands, own_session, delivery(target.uid, "2025-01-02"), delivery(twice.uid, "2025-01-03"))
    early = delivery(twice.uid, "2025-01-03")
    hands.call(pb.MergeClientRequest(name=twice.name, target_client_id=target.uid), role="SYS")
    assert not flagged(hands, target)
    hear(hands, own_session, early)
    assert flagged(hands, target)


def test_who_comes_back_is_flagged_by_what_was_told_meanwhile_CLIENT_11(hands: Hands, own_session: Session) -> None:
    client = hands.register()
    dead = pb.RecordDeathRequest(name=client.name, deceased_date=day("2025-01-06"))
    hands.call(dead, role="SYS")
    hear(hands, own_session, *(delivery(client.uid, "2025-01-05") for _ in range(10)))
    assert not flagged(hands, client)
    hands.call(pb.CorrectClientStatusRequest(name=client.name), role="SYS")
    assert flagged(hands, client)
    assert [one.client.version for one in told(own_session, events_pb2.ClientStatusCorrected)] == [3]
    assert [one.client.version for one in told(own_session, events_pb2.ClientAttentionChanged)] == [4]


def test_a_delivery_to_somebody_not_here_yet_waits_PROCESS_5(hands: Hands, own_session: Session) -> None:
    early = delivery(str(uuid4()), "2025-01-02")
    with pytest.raises(NotYet):
        apply_fact(own_session, early, hands.at, bus=BUS)


def test_of_a_delivery_only_ids_and_its_day_are_kept_INV_25() -> None:
    assert set(deliveries.delivery_copy.c.keys()) == {"delivery_id", "client_id", "service_date"}
