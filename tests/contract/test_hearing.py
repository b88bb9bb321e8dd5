"""Who keeps a copy of a neighbour's aggregate hears every fact that carries its state, so that no copy stays behind."""

import json
from pathlib import Path

import pytest

from sote.client.v1 import events_pb2 as client_events

HEARD = json.loads((Path(__file__).resolve().parents[2] / "services" / "listeners.json").read_text())
CLIENT_STATES = [
    message.full_name
    for message in client_events.DESCRIPTOR.message_types_by_name.values()
    if "client" in message.fields_by_name
    and message.fields_by_name["client"].message_type is client_events.ClientFacts.DESCRIPTOR
]


@pytest.mark.parametrize("fact", CLIENT_STATES)
@pytest.mark.parametrize("listener", ["careplan", "voucher", "package"])
def test_every_state_of_a_client_is_heard_INV_16(listener: str, fact: str) -> None:
    assert listener in HEARD.get(fact, [])


@pytest.mark.parametrize("fact", ["RelationshipOpened", "RelationshipClosed"])
@pytest.mark.parametrize("listener", ["careplan", "voucher", "package", "gateway"])
def test_every_door_hears_who_is_related_to_whom_INV_14(listener: str, fact: str) -> None:
    assert listener in HEARD.get(f"sote.client.v1.{fact}", [])


@pytest.mark.parametrize("listener", ["careplan", "voucher", "package"])
def test_every_door_hears_whose_whereabouts_are_kept_INV_15(listener: str) -> None:
    assert listener in HEARD.get("sote.client.v1.ClientNonDisclosureChanged", [])
