"""Allowances and capitation: spent as they fall due, each month once, taken back with a reason (PAYMENT-3)."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.kernel.care import Arrangement
from services.kernel.refusal import IllegalTransition
from services.voucher.domain.neighbours.client import DirectChoiceCopy
from services.voucher.domain.purse.budget import Line
from services.voucher.domain.purse.ledger import BudgetExhausted, LineBalance, PostingRefused
from services.voucher.domain.spending.direct_payment import (
    AlreadyPaid,
    DirectPayment,
    MonthNotOver,
    OrderedByPlan,
    ReversalReason,
)
from services.voucher.operations.purse.appropriate_line import appropriate_line
from services.voucher.operations.purse.approve_budget import approve_budget
from services.voucher.operations.purse.create_budget import create_budget
from services.voucher.operations.spending.order_service import order_service
from services.voucher.operations.spending.pay_allowance import pay_allowance
from services.voucher.operations.spending.pay_capitation import pay_capitation
from services.voucher.operations.spending.reverse_direct_payment import reverse_direct_payment
from services.voucher.storage.neighbours.direct_choice import keep_choice
from services.voucher.storage.spending.direct_payment import payment_from, payments
from services.voucher.views.outlook.proof import prove_ledger
from services.voucher.views.purse.budget import get_client_finance
from sote.voucher.v1 import budget_pb2, events_pb2
from tests.builders.voucher import purse as world
from tests.builders.voucher.enrolments import announced
from tests.builders.voucher.purse import COUNTY, FIN, NOW, SUPPORT, WORK, line_balances

pytestmark = pytest.mark.integration
MARCH, APRIL = date(2025, 3, 1), date(2025, 4, 1)
MAY = datetime(2025, 5, 2, 8, 0, tzinfo=UTC)
PRICES = {"HSSC": 38_50, "DENTAL": 9_00}
CENTRE, CLIENT = uuid4(), uuid4()


@pytest.fixture
def db(session: Callable[[str], Session]) -> Session:
    opened = session("voucher")
    world.county(opened)
    return opened


def allowance(db: Session, cents: int = 480_00, *, month: date = MARCH, code: str = WORK) -> DirectPayment:
    return pay_allowance(
        db,
        county=COUNTY,
        client_id=CLIENT,
        service_code=code,
        month=month,
        amount_cents=cents,
        subject="fin-1",
        today=MAY.date(),
        now=MAY,
        new_id=uuid4(),
    )


def take_back(db: Session, payment_id: UUID) -> DirectPayment:
    return reverse_direct_payment(db, payment_id=payment_id, reason=ReversalReason.WRONG_COUNT, etag="", now=MAY)


def capitation(db: Session, cents: int) -> UUID:
    """A budget of 2025 with a line of its own for capitation, beside the world's; gives the budget."""
    codes = ("CAPITATION-HSSC", "CAPITATION-DENTAL")
    lines = [Line(uuid4(), "CAPITATION", "Direct choice", cents, service_codes=codes)]
    made = create_budget(db, fiscal_year=2024, lines=lines, caller=FIN, now=NOW, new_id=uuid4())
    db.execute(text("update budget set fiscal_year = 2023 where fiscal_year = 2025"))
    db.execute(text("update budget set fiscal_year = 2025 where fiscal_year = 2024"))
    approve_budget(db, budget_id=made.id, etag="", now=NOW)
    return made.id


def choose(db: Session, first: date, *, ended: date | None = None, kind: str = "HSSC", centre: UUID = CENTRE) -> UUID:
    choice_id = uuid4()
    keep_choice(db, DirectChoiceCopy(choice_id, uuid4(), kind, centre, first, ended, 1))
    return choice_id


def pay(db: Session, now: datetime = MAY) -> int:
    return pay_capitation(db, county=COUNTY, prices=PRICES, now=now)


def paid(db: Session) -> list[tuple[str, date, int, int]]:
    """What stands, by service and month: clients and cents."""
    rows = [payment_from(row) for row in db.execute(payments.select().where(payments.c.state == "PAID"))]
    return sorted((one.service_code, one.month, one.units, one.amount) for one in rows)


def test_an_allowance_is_spent_directly_and_shown_to_finance_PAYMENT_1(db: Session) -> None:
    payment = allowance(db)
    assert line_balances(db)["FAMILIES"] == LineBalance(10_000_00, 9_520_00, 0, 0, 480_00)
    shown = get_client_finance(db, CLIENT).services
    assert (shown.direct_spent.cents, shown.reserved.cents, shown.spent.cents) == (480_00, 0, 0)
    (told,) = announced(db, events_pb2.BudgetDirectSpent)
    assert (told.posting.source, told.posting.source_id) == (budget_pb2.LEDGER_SOURCE_DIRECT, str(payment.id))
    assert prove_ledger(db).holds


def test_each_month_once_PAYMENT_1(db: Session) -> None:
    first = allowance(db)
    allowance(db, month=APRIL)
    with pytest.raises(AlreadyPaid):
        allowance(db)
    copied = text(
        "insert into direct_payment select gen_random_uuid(), county_scheme, county_code, kind, service_code,"
        " client_id, provider_id, month, units, unit_price, state, reversal_reason, version, created_at, created_by,"
        " updated_at from direct_payment where id = :id"
    )
    with pytest.raises(IntegrityError, match="uq_direct_payment_month"), db.begin_nested():
        db.execute(copied, {"id": first.id})
    take_back(db, first.id)
    allowance(db)


def test_a_payment_taken_back_is_available_again_PAYMENT_1(db: Session) -> None:
    payment = allowance(db)
    taken = take_back(db, payment.id)
    assert (taken.state, taken.reversal_reason) == ("REVERSED", "WRONG_COUNT")
    assert line_balances(db)["FAMILIES"] == LineBalance(10_000_00, 10_000_00)
    assert len(announced(db, events_pb2.BudgetSpendReversed)) == 1
    with pytest.raises(IllegalTransition):
        take_back(db, payment.id)
    assert prove_ledger(db).holds


def test_what_the_plan_orders_is_not_paid_twice_PROCESS_B6(db: Session) -> None:
    provider, plan_id = uuid4(), uuid4()
    world.contract(db, provider_id=provider, code=SUPPORT, price=250_00)
    service = world.plan_service(
        plan_id, CLIENT, code=SUPPORT, arrangement=Arrangement.OWN, provider_id=provider, units=6
    )
    world.tell_plan(db, plan_id, CLIENT, [service])
    order_service(db, plan_service_id=service.plan_service_id, county=COUNTY, now=NOW)
    with pytest.raises(OrderedByPlan):
        allowance(db, code=SUPPORT)
    allowance(db, code=SUPPORT, month=date(2025, 2, 1))


def test_what_is_refused_pays_nothing_BUDGET_3(db: Session) -> None:
    with pytest.raises(MonthNotOver):
        allowance(db, month=date(2025, 5, 1))
    with pytest.raises(PostingRefused):
        allowance(db, 0)
    with pytest.raises(BudgetExhausted):
        allowance(db, 10_000_01)
    assert paid(db) == []


def test_capitation_is_paid_once_for_each_ended_month_PAYMENT_3(db: Session) -> None:
    capitation(db, 1_000_00)
    choose(db, MARCH)
    choose(db, date(2025, 3, 2))
    choose(db, date(2025, 1, 15), ended=date(2025, 4, 1))
    choose(db, MARCH, kind="DENTAL")
    assert pay(db) == 5
    assert pay(db) == 0
    assert paid(db) == [
        ("CAPITATION-DENTAL", MARCH, 1, 9_00),
        ("CAPITATION-DENTAL", APRIL, 1, 9_00),
        ("CAPITATION-HSSC", date(2025, 2, 1), 1, 38_50),
        ("CAPITATION-HSSC", MARCH, 2, 77_00),
        ("CAPITATION-HSSC", APRIL, 2, 77_00),
    ]
    assert pay(db, datetime(2025, 6, 1, 8, 0, tzinfo=UTC)) == 2
    assert prove_ledger(db).holds


def test_a_wrong_count_is_taken_back_and_counted_anew_PAYMENT_3(db: Session) -> None:
    capitation(db, 1_000_00)
    choose(db, APRIL)
    pay(db)
    choose(db, APRIL)
    (payment_id,) = db.execute(payments.select().with_only_columns(payments.c.id)).scalars()
    take_back(db, payment_id)
    assert pay(db) == 1
    assert paid(db) == [("CAPITATION-HSSC", APRIL, 2, 77_00)]
    assert prove_ledger(db).holds


def test_capitation_without_money_waits_for_finance_PAYMENT_3(db: Session) -> None:
    budget_id = capitation(db, 38_49)
    choose(db, APRIL)
    assert pay(db) == 0
    open_items = text("select count(*) from work_item where kind = 'capitation-awaits-funds' and done_at is null")
    assert db.execute(open_items).scalar_one() == 1
    appropriate_line(db, budget_id=budget_id, line_code="CAPITATION", amount_cents=1, etag="", now=MAY, new_id=uuid4())
    assert pay(db) == 1
    assert db.execute(open_items).scalar_one() == 0


def test_a_kind_without_a_price_is_not_paid_PAYMENT_3(db: Session) -> None:
    choose(db, APRIL)
    assert pay_capitation(db, county=COUNTY, prices={"HSSC": 0}, now=MAY) == 0
    assert pay_capitation(db, county=COUNTY, prices={}, now=MAY) == 0
