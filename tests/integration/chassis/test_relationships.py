"""Copies of relationships: the newest state of each, whatever order its facts come in, and what holds today."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from services.chassis.relationships import (
    has_relationship,
    keep_non_disclosure,
    keep_relationship,
    protected_clients,
)
from sote.client.v1 import events_pb2
from tests.builders.relating import relationship

TODAY = date(2025, 3, 11)
CLIENT, ORGANISATION, UNIT, OTHER = (UUID(int=number) for number in (1, 2, 3, 4))


@pytest.fixture
def work(session: Callable[[str], Session]) -> Session:
    return session("chassis")


def related(work: Session, unit_id: UUID | None = None, *, today: date = TODAY, client_id: UUID = CLIENT) -> bool:
    return has_relationship(work, client_id=client_id, organisation_id=ORGANISATION, unit_id=unit_id, today=today)


@pytest.mark.parametrize("order", [(1, 2), (2, 1), (1, 2, 1), (2, 2, 1)])
def test_a_closed_relationship_stays_closed_whatever_comes_late_INV_14(order: tuple[int, ...], work: Session) -> None:
    uid = uuid4()
    told = {
        1: relationship(CLIENT, ORGANISATION, uid=uid),
        2: relationship(CLIENT, ORGANISATION, uid=uid, last=TODAY, status="CLOSED", version=2),
    }
    for version in order:
        keep_relationship(work, told[version])
    assert not related(work)


def test_one_that_ends_holds_until_the_end_of_its_last_day_INV_14(work: Session) -> None:
    keep_relationship(work, relationship(CLIENT, ORGANISATION, first=TODAY, last=TODAY, status="ENDING"))
    assert related(work)
    assert not related(work, today=TODAY + timedelta(days=1))
    assert not related(work, today=TODAY - timedelta(days=1))
    assert not related(work, client_id=OTHER)


def test_a_units_relationship_is_that_units_alone_INV_14_RELATIONSHIP_10(work: Session) -> None:
    keep_relationship(work, relationship(CLIENT, ORGANISATION, unit_id=UNIT))
    assert related(work)
    assert related(work, UNIT)
    assert not related(work, OTHER)
    keep_relationship(work, relationship(CLIENT, ORGANISATION))
    assert related(work, OTHER)


def test_a_state_of_a_later_release_is_carried_and_holds_until_its_last_day(work: Session) -> None:
    facts = relationship(CLIENT, ORGANISATION, last=TODAY)
    facts.kind, facts.state = 99, 99  # type: ignore[assignment]
    keep_relationship(work, facts)
    assert related(work)


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_an_order_of_non_disclosure_protects_until_it_is_told_over_INV_15(
    order: tuple[int, ...], work: Session
) -> None:
    for version in order:
        keep_non_disclosure(
            work,
            events_pb2.ClientNonDisclosureChanged(client_id=str(CLIENT), active=version == 2, version=version),
        )
    assert protected_clients(work, [CLIENT, OTHER]) == {CLIENT}
    over = events_pb2.ClientNonDisclosureChanged(client_id=str(CLIENT), active=False, version=3)
    keep_non_disclosure(work, over)
    assert not protected_clients(work, [CLIENT, OTHER])
