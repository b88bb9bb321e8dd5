"""A client's matters are the client's own, and theirs who represent it in all matters (INV-14, CONSENT-7, S1.42)."""

from datetime import datetime
from uuid import uuid4

import pytest

from services.chassis.door import Call
from services.chassis.identity import Caller
from services.package.api.acting import own_enrolment
from services.package.domain.refusals import NoRelationship
from services.package.views import acts_for
from sote.client.v1 import consent_pb2, representative_pb2
from tests.builders.package import enrolments as builders
from tests.builders.package.story import Story
from tests.builders.representing import denial, guardian

pytestmark = pytest.mark.integration

PARENT = uuid4()


def may(story: Story, now: datetime) -> bool:
    """Whether the parent acts for the child now."""
    return acts_for(story.session, PARENT, story.client_id, today=now.date())


def test_a_guardian_acts_until_it_ends_in_whatever_order_it_is_told_INV_14(story: Story, now: datetime) -> None:
    assert not may(story, now)
    story.hear(guardian(story.client_id, PARENT))
    assert may(story, now)
    story.hear(
        guardian(story.client_id, PARENT, state=representative_pb2.REPRESENTATIVE_STATE_ENDED, version=2),
        guardian(story.client_id, PARENT),
    )
    assert not may(story, now)


def test_who_represents_in_one_sector_does_not_act_on_packages_REPRESENTATIVE_2(story: Story, now: datetime) -> None:
    story.hear(guardian(story.client_id, PARENT, matters=representative_pb2.REPRESENTED_MATTERS_SOCIAL))
    assert not may(story, now)


def test_a_minors_word_keeps_the_guardian_out_CONSENT_7(story: Story, now: datetime) -> None:
    story.hear(guardian(story.client_id, PARENT), denial(story.client_id, target=consent_pb2.CONSENT_TARGET_ALL))
    assert may(story, now)
    story.hear(denial(story.client_id))
    assert not may(story, now)
    story.hear(denial(story.client_id, state=consent_pb2.CONSENT_STATE_REVOKED, version=2), denial(story.client_id))
    assert may(story, now)


def test_a_guardian_answers_for_the_childs_enrolment_and_for_no_other_INV_14(story: Story, now: datetime) -> None:
    enrolment = builders.enrolment()
    story.session.add(enrolment)
    story.session.flush()
    call = Call(Caller(str(PARENT), "CLI", "", "", "MAAKUNTA_2017:06"), now, uuid4)
    for uid in (enrolment.id, uuid4()):
        with pytest.raises(NoRelationship):
            own_enrolment(story.session, call, f"enrolments/{uid}")
    story.hear(guardian(enrolment.client_id, PARENT))
    assert own_enrolment(story.session, call, f"enrolments/{enrolment.id}") == enrolment.id
    with pytest.raises(NoRelationship):
        own_enrolment(story.session, call, f"enrolments/{uuid4()}")
