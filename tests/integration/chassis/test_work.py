"""Work items: what is done stays done when it is opened, and opens again when it is reopened."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from services.chassis.database import work_item
from services.chassis.work import WorkItem, finish_all, finish_work, item_from, open_items, open_work, reopen_work

MORNING = datetime(2025, 3, 11, 8, tzinfo=UTC)
NOON = MORNING + timedelta(hours=4)
ID, OTHER = UUID(int=1), UUID(int=2)
SEARCH = {"kind": "SEARCH", "subject": "clients/1"}


@pytest.fixture
def work(session: Callable[[str], Session]) -> Session:
    return session("chassis")


def waiting(work: Session) -> list[WorkItem]:
    return [item_from(row) for row in work.execute(open_items(["SEARCH"]).order_by(work_item.c.id))]


@pytest.mark.parametrize("opened", [open_work, reopen_work])
def test_an_item_that_is_open_stays_as_it_is(work: Session, opened: Callable[..., None]) -> None:
    open_work(work, work_id=ID, reason="NO_PROVIDER", now=MORNING, **SEARCH)
    opened(work, work_id=ID, reason="NO_TIME", now=NOON, **SEARCH)
    assert waiting(work) == [WorkItem(ID, "SEARCH", "clients/1", "NO_PROVIDER", MORNING, None)]


def test_an_item_that_is_done_stays_done_when_it_is_opened(work: Session) -> None:
    open_work(work, work_id=ID, reason="NO_PROVIDER", now=MORNING, **SEARCH)
    finish_work(work, ID, now=MORNING)
    open_work(work, work_id=ID, reason="NO_PROVIDER", now=NOON, **SEARCH)
    assert waiting(work) == []


def test_an_item_that_is_done_opens_again_when_it_is_reopened(work: Session) -> None:
    reopen_work(work, work_id=ID, reason="NO_PROVIDER", now=MORNING, **SEARCH)
    finish_work(work, ID, now=MORNING)
    reopen_work(work, work_id=ID, reason="NO_TIME", now=NOON, **SEARCH)
    assert waiting(work) == [WorkItem(ID, "SEARCH", "clients/1", "NO_TIME", NOON, None)]


def test_an_item_is_finished_once_and_by_whom_its_kind_is(work: Session) -> None:
    open_work(work, work_id=ID, reason="NO_PROVIDER", now=MORNING, **SEARCH)
    assert finish_work(work, OTHER, now=NOON) is None
    assert finish_work(work, ID, now=NOON, kinds=["PAYMENT"]) is None
    assert finish_work(work, ID, now=NOON, kinds=["SEARCH"]) == WorkItem(
        ID, "SEARCH", "clients/1", "NO_PROVIDER", MORNING, NOON
    )
    assert finish_work(work, ID, now=NOON) is None


def test_what_meets_a_condition_is_finished_together(work: Session) -> None:
    for work_id, subject in ((ID, "clients/1"), (OTHER, "clients/2")):
        open_work(work, work_id=work_id, kind="SEARCH", subject=subject, reason="NO_PROVIDER", now=MORNING)
    finish_all(work, work_item.c.subject == "clients/1", now=NOON)
    assert [item.id for item in waiting(work)] == [OTHER]
