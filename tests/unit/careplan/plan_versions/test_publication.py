"""The publication of a version: retried with growing delay, one document current, the last one marked closed."""

from datetime import timedelta

import pytest

from services.careplan.domain.plan_versions.publication import (
    LEASE,
    LONGEST_DELAY,
    Failure,
    Publication,
    PublicationState,
    delay_after,
    document_oid,
    publication_id,
)
from services.kernel.refusal import IllegalTransition
from tests.builders.careplan.plans import CLIENT, NOW, uid

S = PublicationState


def publication(**more: object) -> Publication:
    made = Publication(uid(1), uid(2), CLIENT, 1, 0, "2.25.1", NOW, NOW)
    for name, value in more.items():
        setattr(made, name, value)
    return made


def test_the_delay_grows_to_an_hour_and_stays_there_S2_14() -> None:
    delays = [delay_after(attempt) for attempt in range(1, 40)]
    assert delays[:4] == [timedelta(seconds=seconds) for seconds in (5, 10, 20, 40)]
    assert delays == sorted(delays)
    assert delays[-1] == LONGEST_DELAY == timedelta(hours=1)


def test_a_failure_is_news_once_and_tried_again_later_S2_14() -> None:
    made = publication()
    made.claim(NOW)
    assert made.try_at == NOW + LEASE
    assert made.fail(Failure.TIMEOUT, NOW)
    assert (made.state, made.failure, made.try_at) == (S.FAILED, Failure.TIMEOUT, NOW + timedelta(seconds=5))
    made.claim(NOW)
    assert not made.fail(Failure.UNAVAILABLE, NOW)
    assert made.try_at == NOW + timedelta(seconds=10)
    made.publish(NOW)
    assert (made.state, made.failure, made.attempts, made.published_at) == (S.PUBLISHED, None, 2, NOW)


@pytest.mark.parametrize("state", [S.PENDING, S.FAILED, S.PUBLISHED])
def test_the_last_version_of_a_closed_plan_is_published_as_closed_once_S2_14(state: PublicationState) -> None:
    made, later = publication(state=state, attempts=3), NOW + timedelta(days=1)
    made.mark_closed(later)
    assert (made.state, made.closed, made.attempts, made.wanted_at, made.try_at) == (S.PENDING, True, 0, later, later)
    made.publish(later)
    made.mark_closed(later + timedelta(days=1))
    assert (made.state, made.wanted_at) == (S.PUBLISHED, later)


def test_what_was_replaced_is_over_S2_14() -> None:
    made = publication(state=S.REPLACED)
    with pytest.raises(IllegalTransition):
        made.publish(NOW)
    with pytest.raises(IllegalTransition):
        made.mark_closed(NOW)


def test_a_version_has_one_document_for_ever_and_others_have_other_ones_S2_14() -> None:
    oids = [document_oid(publication_id(uid(plan), number)) for plan in (1, 2) for number in ("1.0", "1.1", "11.0")]
    assert len(set(oids)) == 6
    assert document_oid(publication_id(uid(1), "1.0")) == oids[0]
    assert all(oid.startswith("2.25.") and oid.removeprefix("2.25.").isdigit() for oid in oids)
