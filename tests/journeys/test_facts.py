"""What the services tell each other while story 1 is played: every event named, none with a person."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import pytest

from cli.county.platform import Platform
from cli.stories.family import Family, play_family
from cli.stories.stage import Theatre
from tests.county import artificial_code
from tests.fact_listener import fact_listener

CHILD = artificial_code("160318", 917)
ONCE = [
    "ClientRegistered",
    "ContactReceived",
    "ClientActivated",
    "AssessmentInitiated",
    "AssessmentStarted",
    "AssessmentCompleted",
    "PlanDrafted",
    "PlanConsultationStarted",
    "PlanActivated",
    "EnrolmentProposed",
    "EnrolmentAccepted",
    "EnvelopeReserved",
    "EnrolmentExpanding",
    "EnrolmentItemsPlanned",
    "EnrolmentFundingRequested",
    "EnrolmentFunded",
    "EnrolmentActivated",
    "EnrolmentCompleted",
    "VoucherFullyRedeemed",
]
OFTEN = {
    "DecisionMade": 5,
    "ConsultationRequested": 2,
    "ConsultationResponded": 2,
    "AcknowledgementRequested": 4,
    "PlanAcknowledged": 4,
    "PlanProviderAssigned": 3,
    "GuidanceGiven": 3,
    "VoucherDrafted": 3,
    "VoucherIssued": 3,
    "VoucherReserved": 3,
    "VoucherActivated": 3,
    "VoucherRedeemed": 45,
    "RedemptionAccepted": 45,
    "VoucherClosing": 2,
    "VoucherSettled": 3,
    "DeliveryRecorded": 67,
    "PlanServiceCompleted": 7,
}
NEVER = ["VoucherDeclined", "VoucherRevoked", "RedemptionRejected", "PlanDeviationReported", "EnrolmentFailed"]


class Told(NamedTuple):
    """The facts of one story."""

    names: Counter[str]
    bodies: list[bytes]


@pytest.fixture(scope="module")
def told(platform: Platform, theatre: Theatre) -> Iterator[Told]:
    theatre.load()
    with fact_listener(platform.current().amqp_uri) as listener:
        stage = theatre.stage("story-1-heard")
        outcome = play_family(stage, Family(child=CHILD, birth=date(2018, 3, 16)))
        assert outcome.differences == []
        stage.play.until("the last fact", lambda: listener.names()["EnrolmentCompleted"] or None)
        yield Told(listener.names(), listener.bodies)


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("name", "times"), [*((name, 1) for name in ONCE), *OFTEN.items(), *((n, 0) for n in NEVER)])
def test_facts_are_told_as_often_as_the_story_says_STORY_1(told: Told, name: str, times: int) -> None:
    assert told.names[name] == times


@pytest.mark.parametrize("secret", [CHILD, "Esimerkki", "Esimerkkitie", "parent is exhausted"])
def test_no_fact_holds_a_person_INV_25(told: Told, secret: str) -> None:
    assert [body for body in told.bodies if secret.encode() in body] == []
