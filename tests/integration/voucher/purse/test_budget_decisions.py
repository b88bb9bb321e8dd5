"""Decisions about budget lines: amended, transferred, overrun for statutory rights; and what the database keeps."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.kernel.refusal import IllegalTransition
from services.voucher.domain.purse.budget import Budget, BudgetNotFound, OverrunNotStatutory, SameLine
from services.voucher.domain.purse.ledger import LineBalance
from services.voucher.operations.purse import ledger
from services.voucher.operations.purse.amend_line import amend_line
from services.voucher.operations.purse.approve_overrun import approve_overrun
from services.voucher.operations.purse.ledger import BudgetExhausted, PostingRefused
from services.voucher.operations.purse.transfer_between_lines import transfer_between_lines
from services.voucher.views.outlook.proof import prove_ledger
from sote.voucher.v1 import events_pb2
from tests.builders.voucher import purse as world
from tests.builders.voucher.enrolments import announced
from tests.builders.voucher.purse import DAY, NOW, THERAPY, WORK, line_balances, voucher_source

pytestmark = pytest.mark.integration


@pytest.fixture
def db(session: Callable[[str], Session]) -> Session:
    return session("voucher")


@pytest.fixture
def budget(db: Session) -> Budget:
    return world.county(db)


def reserve(db: Session, cents: int, code: str) -> None:
    ledger.reserve(
        db,
        source=voucher_source(),
        client_id=uuid4(),
        service_code=code,
        amount_cents=cents,
        service_date=DAY,
        now=NOW,
    )


def amend(db: Session, budget_id: UUID, change: int, line: str = "FAMILIES") -> Budget:
    return amend_line(db, budget_id=budget_id, line_code=line, change_cents=change, etag="", now=NOW, new_id=uuid4())


def transfer(db: Session, budget_id: UUID, cents: int, giving: str = "FAMILIES", receiving: str = "HEALTH") -> Budget:
    return transfer_between_lines(
        db,
        budget_id=budget_id,
        from_code=giving,
        to_code=receiving,
        amount_cents=cents,
        etag="",
        now=NOW,
        new_id=uuid4(),
    )


def overrun(db: Session, budget_id: UUID, cents: int, line: str = "HEALTH") -> Budget:
    return approve_overrun(
        db, budget_id=budget_id, line_code=line, amount_cents=cents, etag="", now=NOW, new_id=uuid4()
    )


def test_the_council_amends_up_and_down_to_what_is_available_BUDGET_2(db: Session, budget: Budget) -> None:
    reserve(db, 9_000_00, WORK)
    assert amend(db, budget.id, 500_00).line("FAMILIES").balance == LineBalance(10_500_00, 1_500_00, 9_000_00)
    assert amend(db, budget.id, -1_500_00).line("FAMILIES").balance == LineBalance(9_000_00, 0, 9_000_00)
    with pytest.raises(BudgetExhausted):
        amend(db, budget.id, -1)
    with pytest.raises(PostingRefused):
        amend(db, budget.id, 0)
    assert [fact.reduced for fact in announced(db, events_pb2.BudgetAmended)] == [False, True]
    assert prove_ledger(db).holds


def test_a_transfer_is_two_entries_of_one_decision_BUDGET_15(db: Session, budget: Budget) -> None:
    moved = transfer(db, budget.id, 4_000_00)
    assert moved.line("FAMILIES").balance == LineBalance(6_000_00, 6_000_00)
    assert moved.line("HEALTH").balance == LineBalance(9_000_00, 9_000_00)
    assert moved.total == budget.total
    gave, received = announced(db, events_pb2.BudgetTransferred)
    assert (gave.gave, received.gave) == (True, False)
    assert gave.posting.source_id == received.posting.source_id
    with pytest.raises(BudgetExhausted):
        transfer(db, budget.id, 6_000_01)
    with pytest.raises(SameLine):
        transfer(db, budget.id, 1, receiving="FAMILIES")
    with pytest.raises(BudgetNotFound):
        transfer(db, budget.id, 1, receiving="NONE")
    assert prove_ledger(db).holds


def test_an_overrun_is_for_statutory_rights_and_no_further_DESIGN_8(db: Session, budget: Budget) -> None:
    reserve(db, 4_900_00, THERAPY)
    with pytest.raises(BudgetExhausted):
        reserve(db, 200_00, THERAPY)
    overrun(db, budget.id, 150_00)
    with pytest.raises(BudgetExhausted):
        reserve(db, 250_01, THERAPY)
    reserve(db, 250_00, THERAPY)
    assert line_balances(db)["HEALTH"] == LineBalance(5_000_00, -150_00, 5_150_00, overrun=150_00)
    with pytest.raises(BudgetExhausted):
        reserve(db, 1, THERAPY)
    (told,) = announced(db, events_pb2.BudgetOverrunApproved)
    assert told.posting.amount.cents == 150_00
    assert prove_ledger(db).holds


def test_a_line_without_statutory_services_is_not_overrun_DESIGN_8(db: Session, budget: Budget) -> None:
    with pytest.raises(OverrunNotStatutory):
        overrun(db, budget.id, 1, "FAMILIES")


def test_another_service_of_the_line_does_not_use_the_overrun_DESIGN_8(db: Session, budget: Budget) -> None:
    db.execute(text("update catalogue_copy set task = 'TERVEYS' where service_code = :code"), {"code": WORK})
    overrun(db, budget.id, 500_00)
    with pytest.raises(BudgetExhausted):
        reserve(db, 5_000_01, WORK)
    reserve(db, 5_000_01, THERAPY)


def test_the_council_takes_no_overrun_back_DESIGN_8(db: Session, budget: Budget) -> None:
    overrun(db, budget.id, 500_00)
    reserve(db, 5_200_00, THERAPY)
    with pytest.raises(BudgetExhausted):
        amend(db, budget.id, -1, "HEALTH")
    with pytest.raises(BudgetExhausted):
        transfer(db, budget.id, 1, giving="HEALTH", receiving="FAMILIES")


def test_the_database_keeps_the_limit_of_an_overrun_INV_10(db: Session, budget: Budget) -> None:
    overrun(db, budget.id, 500_00)
    entry = text(
        "insert into ledger_entry (line_id, line_number, source_type, source_id, op, seq, credit, debit, amount,"
        " client_id, service_code, correlation_id, posted_at)"
        " select id, 0, 'VOUCHER', gen_random_uuid(), 'RESERVE', 1, 'AVAILABLE', 'RESERVED', :cents,"
        " gen_random_uuid(), 'X', '', now() from budget_line where code = 'HEALTH'"
    )
    with pytest.raises(IntegrityError, match="ck_budget_line_available"), db.begin_nested():
        db.execute(entry, {"cents": 5_500_01})
    db.execute(entry, {"cents": 5_500_00})
    with pytest.raises(IntegrityError, match="in no other way"), db.begin_nested():
        db.execute(text("update budget_line set overrun = overrun + 1"))


@pytest.mark.parametrize("verb", [amend, transfer, overrun])
def test_only_an_approved_budget_is_decided_about_BUDGET_14(db: Session, verb: Callable[..., Budget]) -> None:
    planned = world.plan(db, year=2026)
    with pytest.raises(IllegalTransition):
        verb(db, planned.id, 1)
