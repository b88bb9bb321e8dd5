"""A message nobody can decode is parked with its error and blocks nothing behind it (GUARANTEE-7)."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from uuid import uuid4

import amqp
import pytest

from cli.county.places import CHECKOUT
from cli.county.platform import Platform
from cli.stories import control_case
from cli.stories.stage import Theatre
from services.chassis.bus import topology
from services.chassis.bus.dead_letters import DeadLetter, discard_dead_letter, list_dead_letters
from sote.careplan.v1 import events_pb2
from tests.county import artificial_code

FACT = events_pb2.DeliveryRecorded.DESCRIPTOR.full_name
SECRET = b"090580-901J lives here"


@pytest.fixture
def poisoned(platform: Platform, theatre: Theatre) -> Iterator[str]:
    """The id of a poison message among the deliveries that voucher listens to; thrown away afterwards."""
    uri, poison = platform.current().amqp_uri, str(uuid4())
    connection = topology.connect(uri)
    message = amqp.Message(
        b"\xff\xff" + SECRET, application_headers={"id": poison, "type": FACT}, content_type="application/protobuf"
    )
    connection.channel().basic_publish(message, exchange=topology.exchange_of(FACT), routing_key=FACT)
    connection.close()
    yield poison
    for listener in ("voucher", "package"):
        for letter in list_dead_letters(uri, listener):
            discard_dead_letter(uri, listener, letter.id)


def test_a_poison_message_is_parked_and_the_story_behind_it_goes_on_GUARANTEE_7(
    platform: Platform, theatre: Theatre, poisoned: str
) -> None:
    outcome = control_case.play_control_case(theatre.stage("behind-poison"), artificial_code("090580", 951, "-"))
    assert outcome.differences == []
    parked = _parked(platform, poisoned)
    assert "Undecodable" in parked.error
    assert parked.queue == topology.queue_name("voucher", FACT)
    log = (platform.places.logs / "voucher-bus.log").read_bytes()
    assert SECRET not in log


def test_the_operator_lists_and_discards_what_is_parked(platform: Platform, poisoned: str) -> None:
    _parked(platform, poisoned)
    assert poisoned in _sote(platform, "dead-letters", "list", "--json")
    assert '"Undecodable' in _sote(platform, "dead-letters", "show", "voucher", poisoned)
    _sote(platform, "dead-letters", "discard", "voucher", poisoned, "--yes")
    assert poisoned not in json.dumps(json.loads(_sote(platform, "dead-letters", "list", "--json"))["voucher"])


def _sote(platform: Platform, *words: str) -> str:
    county = {"SOTE_COUNTY_DIRECTORY": str(platform.places.root)}
    command = [sys.executable, "-m", "cli", *words]
    return subprocess.run(
        command, env=os.environ | county, cwd=CHECKOUT, check=True, capture_output=True, text=True
    ).stdout


def _parked(platform: Platform, poison: str) -> DeadLetter:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        for letter in list_dead_letters(platform.current().amqp_uri, "voucher"):
            if letter.id == poison:
                return letter
        time.sleep(0.2)
    raise AssertionError("the poison message was not parked")
