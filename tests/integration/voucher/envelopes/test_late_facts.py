"""What funding an enrolment does about neighbours' facts that come late, or never (PROCESS-2, GUARANTEE-6)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.chassis.inbox import NotYet
from services.voucher.views.outlook.proof import prove_ledger
from sote.voucher.v1 import events_pb2
from tests.builders.voucher import purse
from tests.builders.voucher.enrolments import (
    CLIENT,
    PATIENT,
    PLAN,
    accepted,
    announced,
    counts,
    enrolment,
    failure,
    requested,
    services,
    world_of,
)
from tests.builders.voucher.purse import NOW, THERAPY, WORK

pytestmark = pytest.mark.integration
LATE = ["decision_copy", "assessment_copy", "client_copy", "provider_copy", "contract_copy"]


@pytest.fixture
def db(session: Callable[[str], Session]) -> Session:
    return world_of(session("voucher"))


@pytest.mark.parametrize("late", LATE)
def test_funding_waits_for_a_fact_that_is_only_late_GUARANTEE_6(db: Session, late: str) -> None:
    planned = services()
    told = enrolment(planned, mandatory=THERAPY)
    accepted(db, told)
    purse.tell_plan(db, PLAN, CLIENT, planned)
    before = purse.line_balances(db)
    db.execute(text(f"create temporary table arriving on commit drop as table {late}"))
    db.execute(text(f"delete from {late}"))
    with pytest.raises(NotYet) as early, db.begin_nested():
        requested(db, told, NOW + PATIENT - timedelta(seconds=1))
    assert early.value.patience == PATIENT
    assert (purse.line_balances(db), counts(db)) == (before, {"voucher": 0, "commitment": 0})
    db.execute(text(f"insert into {late} table arriving"))
    requested(db, told, NOW + PATIENT - timedelta(seconds=1))
    (funded,) = announced(db, events_pb2.EnrolmentFunded)
    assert not any(item.skipped_reason for item in funded.items)


@pytest.mark.parametrize("mandatory", [WORK, THERAPY])
def test_what_never_came_is_decided_without_when_the_patience_is_over_PROCESS_B5(db: Session, mandatory: str) -> None:
    planned = services()
    told = enrolment(planned, mandatory=mandatory)
    accepted(db, told)
    purse.tell_plan(db, PLAN, CLIENT, planned)
    db.execute(text("delete from decision_copy"))
    requested(db, told, NOW + PATIENT)
    failures = announced(db, events_pb2.EnrolmentFundingFailed)
    skipped = [one.skipped_reason for fact in announced(db, events_pb2.EnrolmentFunded) for one in fact.items]
    optional = mandatory == WORK
    assert (len(failures), skipped) == ((0, ["", "DECISION_MISSING", "", ""]) if optional else (1, []))
    assert prove_ledger(db).holds


def test_a_contract_that_never_came_fails_a_mandatory_order_PROCESS_B6(db: Session) -> None:
    before = purse.line_balances(db)
    planned = services()
    told = enrolment(planned, mandatory=WORK)
    accepted(db, told)
    purse.tell_plan(db, PLAN, CLIENT, planned)
    db.execute(text("delete from contract_copy"))
    requested(db, told, NOW + PATIENT)
    assert failure(db) == (WORK, "NO_ACTIVE_CONTRACT")
    assert purse.line_balances(db) == before
