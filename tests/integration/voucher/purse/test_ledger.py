"""The ledger on PostgreSQL: postings, what they refuse, and that the database itself keeps the balances."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.voucher.domain.purse.budget import BudgetExists
from services.voucher.domain.purse.ledger import Account, Balance, LineBalance
from services.voucher.operations.purse import ledger
from services.voucher.operations.purse.create_budget import create_budget
from services.voucher.operations.purse.ledger import BudgetExhausted, PostingRefused, Source
from services.voucher.views.outlook.proof import prove_ledger
from tests.builders.voucher.purse import DAY, FIN, NOW, PAYEE, THERAPY, WORK, county, line_balances, voucher_source

pytestmark = pytest.mark.integration


@pytest.fixture
def db(session: Callable[[str], Session]) -> Session:
    opened = session("voucher")
    county(opened)
    return opened


def reserve(db: Session, source: Source, cents: int, *, code: str = WORK, on: date = DAY) -> None:
    ledger.reserve(
        db, source=source, client_id=uuid4(), service_code=code, amount_cents=cents, service_date=on, now=NOW
    )


def test_a_voucher_from_reserve_to_spend_BUDGET_1(db: Session) -> None:
    source = voucher_source()
    reserve(db, source, 1000_00)
    ledger.commit(db, source=source, amount_cents=900_00, now=NOW)
    assert ledger.release(db, source=source, amount_cents=100_00, now=NOW) == 100_00
    ledger.spend(db, source=source, amount_cents=300_00, service_date=DAY, provider_id=PAYEE, now=NOW)
    ledger.uncommit(db, source=source, amount_cents=200_00, now=NOW)
    assert ledger.balance_of(db, source) == Balance(200_00, 400_00, 300_00)
    assert ledger.release(db, source=source, now=NOW) == 600_00
    assert ledger.release(db, source=source, now=NOW) == 0
    assert line_balances(db)["FAMILIES"] == LineBalance(10_000_00, 9_700_00, 0, 0, 300_00)


def test_a_payment_is_taken_back_to_the_provider_or_to_the_line_PAYMENT_1(db: Session) -> None:
    source = voucher_source()
    reserve(db, source, 1000_00)
    ledger.commit(db, source=source, amount_cents=1000_00, now=NOW)
    ledger.spend(db, source=source, amount_cents=600_00, service_date=DAY, provider_id=PAYEE, now=NOW)
    ledger.reverse_spend(
        db, source=source, amount_cents=100_00, to=Account.COMMITTED, service_date=DAY, provider_id=PAYEE, now=NOW
    )
    assert ledger.balance_of(db, source) == Balance(0, 500_00, 500_00)
    ledger.release(db, source=source, now=NOW)
    ledger.reverse_spend(
        db, source=source, amount_cents=200_00, to=Account.AVAILABLE, service_date=DAY, provider_id=PAYEE, now=NOW
    )
    assert line_balances(db)["FAMILIES"] == LineBalance(10_000_00, 9_700_00, 0, 0, 300_00)
    with pytest.raises(PostingRefused):
        ledger.reverse_spend(
            db, source=source, amount_cents=300_01, to=Account.AVAILABLE, service_date=DAY, provider_id=PAYEE, now=NOW
        )


def test_a_line_gives_no_more_than_is_available_INV_10(db: Session) -> None:
    reserve(db, voucher_source(), 10_000_00)
    with pytest.raises(BudgetExhausted):
        reserve(db, voucher_source(), 1)
    assert line_balances(db)["FAMILIES"].available == 0
    reserve(db, voucher_source(), 5_000_00, code=THERAPY)


@pytest.mark.parametrize(("code", "on"), [("SOC-UNKNOWN", DAY), (WORK, date(2026, 1, 1))])
def test_nothing_is_appropriated_for_the_service_or_year_PROCESS_A5(db: Session, code: str, on: date) -> None:
    with pytest.raises(BudgetExhausted):
        reserve(db, voucher_source(), 1, code=code, on=on)


def test_a_second_budget_of_a_year_is_refused_S1_41(db: Session) -> None:
    with pytest.raises(BudgetExists):
        create_budget(db, fiscal_year=2025, lines=[], caller=FIN, now=NOW, new_id=uuid4())


def spend(db: Session, *, source: Source, amount_cents: int, now: datetime) -> None:
    ledger.spend(db, source=source, amount_cents=amount_cents, service_date=DAY, provider_id=PAYEE, now=now)


@pytest.mark.parametrize("verb", [ledger.commit, ledger.uncommit, spend, ledger.release])
def test_a_source_gives_no_more_than_it_holds_INV_09(db: Session, verb: Callable[..., object]) -> None:
    source = voucher_source()
    reserve(db, source, 100_00)
    ledger.commit(db, source=source, amount_cents=50_00, now=NOW)
    reserve(db, voucher_source(), 500_00)
    with pytest.raises(PostingRefused):
        verb(db, source=source, amount_cents=100_01, now=NOW)
    assert ledger.balance_of(db, source) == Balance(50_00, 50_00, 0)


def move(db: Session, envelope: Source, target: Source, cents: int, code: str) -> None:
    ledger.move_reservation(
        db,
        origin=envelope,
        source=target,
        client_id=uuid4(),
        service_code=code,
        years={DAY.year: cents},
        now=NOW,
    )


def test_a_reservation_moves_out_of_an_envelope_PROCESS_B5(db: Session) -> None:
    envelope, target = voucher_source(), voucher_source()
    reserve(db, envelope, 10_000_00)
    move(db, envelope, target, 4_000_00, WORK)
    assert ledger.balance_of(db, envelope).reserved == 6_000_00
    assert ledger.balance_of(db, target).reserved == 4_000_00
    assert line_balances(db)["FAMILIES"] == LineBalance(10_000_00, 0, 10_000_00, 0, 0)
    with pytest.raises(BudgetExhausted):
        move(db, envelope, target, 6_000_01, WORK)


def test_an_envelope_on_another_line_gives_back_there_and_takes_here_PROCESS_B5(db: Session) -> None:
    envelope, target = voucher_source(), voucher_source()
    reserve(db, envelope, 9_000_00)
    move(db, envelope, target, 5_000_00, THERAPY)
    balances = line_balances(db)
    assert (balances["FAMILIES"].available, balances["HEALTH"].available) == (6_000_00, 0)
    with pytest.raises(BudgetExhausted):
        move(db, envelope, voucher_source(), 1, THERAPY)


BREAKS = [
    "update budget_line set available = available + 1, appropriated = appropriated + 1",
    "update budget_line set reserved = 0, available = available + reserved",
    "update budget_line set entries = entries + 1",
    "delete from budget_line",
    "truncate budget_line cascade",
    "update ledger_source set reserved = reserved + 1",
    "delete from ledger_source",
    "truncate ledger_source",
    "insert into ledger_source select source_type, gen_random_uuid(), line_id, client_id, service_code, 1, 1, 1"
    " from ledger_source",
    "update ledger_entry set amount = amount + 1",
    "delete from ledger_entry",
    "truncate ledger_entry",
    "insert into budget_line (id, budget_id, code, title, planned, appropriated, available)"
    " select gen_random_uuid(), id, 'MINE', 'Mine', 0, 100, 100 from budget",
]


@pytest.mark.parametrize("statement", BREAKS)
def test_balances_and_entries_cannot_be_written_directly_INV_08(db: Session, statement: str) -> None:
    reserve(db, voucher_source(), 100_00)
    with pytest.raises(IntegrityError, match="in no other way"), db.begin_nested():
        db.execute(text(statement))


ENTRY = (
    "insert into ledger_entry (line_id, line_number, source_type, source_id, op, seq, credit, debit, amount,"
    " client_id, service_code, provider_id, correlation_id, posted_at)"
    " select id, 0, :kind, :source, :op, :seq, :credit, :debit, :amount, :source, 'X', :source, '', now()"
    " from budget_line where code = 'FAMILIES'"
)


@pytest.mark.parametrize(
    ("op", "credit", "debit", "amount", "seq", "constraint"),
    [
        ("SPEND", "COMMITTED", "SPENT", 100_01, 1, "ck_budget_line_committed"),
        ("RESERVE", "AVAILABLE", "RESERVED", 10_000_01, 2, "ck_budget_line_available"),
        ("RESERVE", "AVAILABLE", "RESERVED", 1, 1, "uq_ledger_entry"),
        ("RESERVE", "AVAILABLE", "SPENT", 1, 2, "ck_ledger_entry_legal_move"),
        ("RELEASE", "RESERVED", "AVAILABLE", -1, 1, "ck_ledger_entry_amount"),
    ],
)
def test_the_database_refuses_entries_that_break_a_balance_INV_09(
    db: Session, op: str, credit: str, debit: str, amount: int, seq: int, constraint: str
) -> None:
    source = voucher_source()
    reserve(db, source, 100_00)
    ledger.commit(db, source=source, amount_cents=100_00, now=NOW)
    values = {"kind": "VOUCHER", "source": source.id, "op": op, "credit": credit, "debit": debit}
    with pytest.raises(IntegrityError, match=constraint), db.begin_nested():
        db.execute(text(ENTRY), values | {"amount": amount, "seq": seq})


def test_the_database_refuses_to_spend_what_another_source_committed_INV_09(db: Session) -> None:
    rich, poor = voucher_source(), voucher_source()
    for source in (rich, poor):
        reserve(db, source, 100_00)
        ledger.commit(db, source=source, amount_cents=100_00, now=NOW)
    values = {"kind": "VOUCHER", "source": poor.id, "op": "SPEND", "credit": "COMMITTED", "debit": "SPENT", "seq": 1}
    with pytest.raises(IntegrityError, match="ck_ledger_source_committed"), db.begin_nested():
        db.execute(text(ENTRY), values | {"amount": 150_00})


def test_entries_of_a_line_are_numbered_and_announced_in_order_INV_21(db: Session) -> None:
    source = voucher_source()
    reserve(db, source, 100_00)
    ledger.commit(db, source=source, amount_cents=100_00, now=NOW)
    rows = db.execute(
        text(
            "select headers->>'aggregateversion', routing_key from outbox"
            " where headers->>'subject' like 'budgetLines/%' and aggregate_id ="
            " (select id from budget_line where code = 'FAMILIES') order by id"
        )
    ).all()
    assert [(int(version), key.rsplit(".", 1)[1]) for version, key in rows] == [
        (1, "BudgetAppropriated"),
        (2, "BudgetReserved"),
        (3, "BudgetCommitted"),
    ]


def test_a_spoiled_balance_is_told_by_the_proof_INV_08(db: Session) -> None:
    reserve(db, voucher_source(), 100_00)
    assert prove_ledger(db).holds
    db.execute(text("alter table budget_line disable trigger only_by_entries"))
    db.execute(text("update budget_line set available = available + 1, appropriated = appropriated + 1"))
    proof = prove_ledger(db)
    assert {(one.rule, one.measure) for one in proof.differences} == {
        ("INV-08", "appropriated"),
        ("INV-08", "available"),
    }
