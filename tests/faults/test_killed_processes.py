"""Kill -9 of every process in the middle of story 1: no fact lost, none applied twice, the same totals
(GUARANTEE-1, GUARANTEE-5)."""

import itertools
from collections.abc import Iterator
from datetime import date

import pytest

from cli.county.places import SERVICES
from cli.county.platform import Platform
from cli.status import waiting_for
from cli.stories import acts, knowledge
from cli.stories.acts import Stage
from cli.stories.family import EXPECTED, Family, play_family
from cli.stories.stage import Theatre
from tests.county import artificial_code

PROCESSES = [f"{service}-{kind}" for kind in ("bus", "api") for service in SERVICES]
STEPS_BETWEEN = 14


class Killer:
    """Kills the next process every few steps of a story and lets the supervisor bring it back."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._victims: Iterator[str] = iter(PROCESSES)
        self._steps = itertools.count(1)
        self.killed: list[str] = []

    def __call__(self, step: str) -> None:
        if next(self._steps) % STEPS_BETWEEN == 0 and (victim := next(self._victims, None)):
            self._platform.wait_ready()
            self._platform.kill(victim)
            self.killed.append(victim)


@pytest.mark.timeout(600)
def test_every_process_is_killed_once_during_story_1_GUARANTEE_1(platform: Platform, theatre: Theatre) -> None:
    killer = Killer(platform)
    with Theatre(platform.places, platform.current(), watch=killer, patience=120.0) as shaken:
        shaken.world = theatre.load()
        stage = shaken.stage("story-1-killed")
        outcome = play_family(stage, Family(child=artificial_code("150318", 915), birth=date(2018, 3, 15)))
    assert killer.killed == PROCESSES
    platform.wait_ready()
    assert outcome.differences == []
    assert outcome.found == EXPECTED
    _nothing_waits_or_is_dead(platform)
    _nothing_twice(theatre.looking(), outcome.client_id)
    proof = knowledge.ledger_proof(theatre.looking())
    assert proof.holds, proof.differences


def _nothing_waits_or_is_dead(platform: Platform) -> None:
    waiting = waiting_for(platform.current())
    assert {service: its.dead for service, its in waiting.items()} == dict.fromkeys(waiting, 0)


def _nothing_twice(stage: Stage, client_id: str) -> None:
    """The record the gateway kept through it all is the one the services tell."""
    stored, fresh = (acts.record_of(stage, client_id, fresh=fresh) for fresh in (False, True))
    for section in ("client", "plan", "vouchers", "finance", "packages", "chains"):
        assert getattr(stored, section) == getattr(fresh, section), section
