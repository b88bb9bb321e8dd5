"""A client's matters are the client's own, and theirs who represent it in all matters (INV-14, 5.5, S1.42)."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from google.type.date_pb2 import Date

from services.package.views import acts_for
from sote.client.v1 import events_pb2 as client
from sote.type.v1 import care_pb2
from tests.integration.package.story import Story

pytestmark = pytest.mark.integration

PARENT = uuid4()


def guardian(story: Story, **changes: Any) -> client.RepresentativeChanged:
    """The parent is the child's guardian in all matters."""
    told: dict[str, Any] = {
        "representative_id": str(UUID(int=1)),
        "client_id": str(story.client_id),
        "kind": client.REPRESENTATIVE_KIND_GUARDIAN,
        "matters": client.REPRESENTED_MATTERS_ALL,
        "representative_client_id": str(PARENT),
        "from_date": Date(year=2025, month=1, day=1),
        "status": client.REPRESENTATIVE_STATUS_IN_FORCE,
        "version": 1,
    }
    return client.RepresentativeChanged(representative=client.RepresentativeFacts(**told | changes))


def denial(story: Story, **changes: Any) -> client.ConsentChanged:
    """The child keeps the guardian out of social welfare."""
    told: dict[str, Any] = {
        "consent_id": str(UUID(int=2)),
        "client_id": str(story.client_id),
        "kind": client.CONSENT_KIND_DENIAL,
        "sector": care_pb2.SECTOR_SOCIAL,
        "target": client.CONSENT_TARGET_GUARDIAN,
        "status": client.CONSENT_STATUS_IN_FORCE,
        "version": 1,
    }
    return client.ConsentChanged(consent=client.ConsentFacts(**told | changes))


def may(story: Story, now: datetime) -> bool:
    """Whether the parent acts for the child now."""
    return acts_for(story.session, PARENT, story.client_id, today=now.date())


def test_INV_14_a_guardian_acts_until_it_ends_in_whatever_order_it_is_told(story: Story, now: datetime) -> None:
    assert not may(story, now)
    story.hear(guardian(story))
    assert may(story, now)
    story.hear(guardian(story, status=client.REPRESENTATIVE_STATUS_ENDED, version=2), guardian(story))
    assert not may(story, now)


def test_2_8_1_who_represents_in_one_sector_does_not_act_on_packages(story: Story, now: datetime) -> None:
    story.hear(guardian(story, matters=client.REPRESENTED_MATTERS_SOCIAL))
    assert not may(story, now)


def test_5_5_a_minors_word_keeps_the_guardian_out(story: Story, now: datetime) -> None:
    story.hear(guardian(story), denial(story, target=client.CONSENT_TARGET_ALL))
    assert may(story, now)
    story.hear(denial(story))
    assert not may(story, now)
    story.hear(denial(story, status=client.CONSENT_STATUS_REVOKED, version=2), denial(story))
    assert may(story, now)
