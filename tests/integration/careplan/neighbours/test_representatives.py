"""A plan is shown to its client and to who represents the client in all matters, as told
(INV-14, ACCESS-3, CONSENT-3)."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest
from google.protobuf.message import Message

from services.chassis.sections import publish_section
from sote.careplan.v1.section_pb2 import PlanSection
from sote.client.v1 import consent_pb2, representative_pb2
from sote.type.v1.section_pb2 import GetSectionsRequest
from tests.builders.careplan.api import Town
from tests.builders.careplan.county import World
from tests.builders.representing import denial, guardian

pytestmark = pytest.mark.integration

PARENT = uuid4()


@dataclass
class Home:
    """A child with a plan."""

    town: Town
    child: UUID = field(default_factory=uuid4)

    def __post_init__(self) -> None:
        def publish(world: World) -> None:
            publish_section(world.session, client_id=self.child, section=PlanSection(), now=world.now)

        self.town.tell(publish)

    def shows(self, *facts: Message, to: UUID = PARENT) -> bool:
        """Whether the plan is shown to the parent, or to somebody else, once these facts are heard."""
        for fact in facts:
            self.town.tell(lambda world, fact=fact: world.hear(fact))  # type: ignore[misc]
        asked = GetSectionsRequest(client_ids=[str(self.child)])
        return bool(self.town.call("GetSections", asked, role="CLI", subject=str(to)).sections)


def test_a_guardian_reads_until_it_ends_in_whatever_order_it_is_told_INV_14(town: Town) -> None:
    home = Home(town)
    assert home.shows(to=home.child)
    assert not home.shows()
    told = guardian(home.child, PARENT)
    assert home.shows(told)
    assert not home.shows(
        guardian(home.child, PARENT, state=representative_pb2.REPRESENTATIVE_STATE_ENDED, version=2), told
    )


def test_a_minors_word_keeps_the_guardian_out_CONSENT_7(town: Town) -> None:
    home = Home(town)
    assert home.shows(guardian(home.child, PARENT), denial(home.child, target=consent_pb2.CONSENT_TARGET_ALL))
    told = denial(home.child)
    assert not home.shows(told)
    assert home.shows(denial(home.child, state=consent_pb2.CONSENT_STATE_REVOKED, version=2), told)
