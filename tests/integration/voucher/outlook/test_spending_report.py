"""Forecasts and spending from rows: values with their parts, groups that are the budget's balance
(M-C5, REPORT-1, S1.07)."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from prometheus_client import REGISTRY
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.voucher.bus.gauges import show
from services.voucher.domain.neighbours.provider import ProviderCopy
from services.voucher.domain.purse.budget import Budget, BudgetNotFound
from services.voucher.domain.purse.ledger import Source
from services.voucher.operations.purse import ledger
from services.voucher.storage.neighbours.provider import keep_provider
from services.voucher.storage.outlook.spending_report import DIMENSIONS
from services.voucher.views.outlook.spending_report import forecast_budget, list_spending, open_outlooks
from sote.provider.v1 import provider_pb2
from sote.voucher.v1.budget_report_pb2 import LineForecast
from tests.builders.voucher import enrolments
from tests.builders.voucher import purse as world
from tests.builders.voucher.claims import redeemed_voucher
from tests.builders.voucher.enrolments import CLIENT
from tests.builders.voucher.purse import DAY, NOW, THERAPY, WORK

pytestmark = pytest.mark.integration
OWNERS = ("PUBLIC", "THIRD", "UNSPECIFIED")
PRIVATE, THIRD = uuid4(), uuid4()


@pytest.fixture
def db(session: Callable[[str], Session]) -> Session:
    return session("voucher")


@pytest.fixture
def budget(db: Session) -> Budget:
    for provider_id, owner in ((PRIVATE, "PRIVATE"), (THIRD, "THIRD"), (world.ENTERPRISE, "PUBLIC")):
        keep_provider(db, ProviderCopy(provider_id, "9000006-2", "P", ("VOUCHER",), "APPROVED", 1, ownership=owner))
    return world.county(db)


def reserve(db: Session, cents: int, *, code: str = WORK, source: Source | None = None) -> Source:
    source = source or world.voucher_source()
    ledger.reserve(
        db, source=source, client_id=uuid4(), service_code=code, amount_cents=cents, service_date=DAY, now=NOW
    )
    return source


def ended(db: Session, *, cents: int, spent: int) -> None:
    """A voucher for therapy that ended with so much of its value paid."""
    source = redeemed_voucher(db, provider_id=PRIVATE, client_id=uuid4(), days=[DAY])
    db.execute(
        text("update voucher set state = 'SETTLED', max_value = :worth where id = :id"),
        {"worth": cents, "id": source.id},
    )
    if spent:
        ledger.spend(db, source=source, amount_cents=spent, service_date=DAY, provider_id=PRIVATE, now=NOW)
    ledger.release(db, source=source, now=NOW)


def line(db: Session, budget: Budget, code: str) -> LineForecast:
    told = forecast_budget(db, budget_id=budget.id, burn_months=0, now=NOW)
    return next(one for one in told.lines if one.line_code == code)


def test_a_forecast_tells_its_numerator_and_denominator_S1_07_M_C5(db: Session, budget: Budget) -> None:
    ended(db, cents=156_00, spent=78_00)
    ended(db, cents=100_00, spent=0)
    reserve(db, 512_00, code=THERAPY)
    reserve(db, 300_00)
    health, families = line(db, budget, "HEALTH"), line(db, budget, "FAMILIES")
    assert (health.redeemed.cents, health.issued.cents) == (78_00, 256_00)
    assert health.forecast.cents == 78_00 + 512_00 * 78 // 256
    assert (families.issued.cents, families.forecast.cents) == (0, 300_00)
    total = forecast_budget(db, budget_id=budget.id, burn_months=0, now=NOW).total
    assert total.forecast.cents == health.forecast.cents + families.forecast.cents
    assert total.balance.appropriated.cents == 15_000_00


def test_the_pace_is_what_left_available_and_did_not_come_back_M_C5(db: Session, budget: Budget) -> None:
    kept, given_back = reserve(db, 9_000_00), reserve(db, 500_00)
    ledger.release(db, source=given_back, now=NOW)
    ledger.commit(db, source=kept, amount_cents=9_000_00, now=NOW)
    families = line(db, budget, "FAMILIES")
    assert (families.burned.cents, families.burn_days) == (9_000_00, 90)
    assert families.run_out_date.month == 3
    assert families.run_out_date.day == DAY.day + 10
    assert not line(db, budget, "HEALTH").HasField("run_out_date")


def test_the_gauges_show_each_line_M_C5(db: Session, budget: Budget) -> None:
    reserve(db, 300_00)
    show(open_outlooks(db, NOW))
    keys = {"fiscal_year": "2025", "line": "FAMILIES"}
    shown = {
        measure: REGISTRY.get_sample_value("budget_line_cents", {**keys, "measure": measure})
        for measure in ("appropriated", "available", "reserved", "committed", "spent", "forecast")
    }
    assert list(shown.values()) == [10_000_00, 9_700_00, 300_00, 0, 0, 300_00]
    assert REGISTRY.get_sample_value("budget_overrun_used_cents", keys) == 0


def test_spending_by_service_package_and_owner_S1_07_REPORT_1(db: Session) -> None:
    enrolments.world_of(db)
    for provider_id, owner in ((enrolments.PROVIDER, "THIRD"), (world.ENTERPRISE, "PUBLIC")):
        keep_provider(db, ProviderCopy(provider_id, "9000006-2", "P", ("VOUCHER",), "APPROVED", 2, ownership=owner))
    planned = enrolments.services()
    world.tell_plan(db, enrolments.PLAN, CLIENT, planned)
    told = enrolments.enrolment(planned)
    enrolments.accepted(db, told)
    enrolments.requested(db, told)
    redeemed_voucher(db, provider_id=enrolments.PROVIDER, client_id=uuid4(), days=[DAY])
    budget_id = db.execute(text("select id from budget where fiscal_year = 2025")).scalar_one()
    found = list_spending(db, budget_id=budget_id, dimensions=["package_code", "ownership"])
    groups = {
        (one.package_code, provider_pb2.Ownership.Name(one.ownership).removeprefix("OWNERSHIP_")): (
            one.reserved.cents,
            one.committed.cents,
        )
        for one in found.groups
    }
    assert groups == {
        ("", "THIRD"): (0, 78_00),
        ("FAMILY_CENTRE", "PUBLIC"): (0, 620_00),
        ("FAMILY_CENTRE", "THIRD"): (0, 1_500_00),
        ("FAMILY_CENTRE", "UNSPECIFIED"): (1_880_00, 0),
    }
    assert sum(groups["FAMILY_CENTRE", owner][owner != "UNSPECIFIED"] for owner in OWNERS) == enrolments.ENVELOPE


def test_what_was_paid_stays_with_who_was_paid_REPORT_1(db: Session, budget: Budget) -> None:
    source = redeemed_voucher(db, provider_id=PRIVATE, client_id=uuid4(), days=[DAY, date(2025, 3, 12)])
    ledger.spend(db, source=source, amount_cents=78_00, service_date=DAY, provider_id=THIRD, now=NOW)
    found = list_spending(db, budget_id=budget.id, dimensions=["ownership"])
    assert [(one.ownership, one.committed.cents, one.spent.cents) for one in found.groups] == [
        (provider_pb2.OWNERSHIP_PRIVATE, 78_00, 0),
        (provider_pb2.OWNERSHIP_THIRD, 0, 78_00),
    ]


amounts = st.lists(st.tuples(st.sampled_from([WORK, THERAPY]), st.integers(1, 500_00), st.integers(0, 2)), max_size=8)


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(amounts, st.sets(st.sampled_from(DIMENSIONS)))
def test_groups_are_what_the_ledger_holds_REPORT_1(
    db: Session, budget: Budget, bound: list[tuple[str, int, int]], asked: set[str]
) -> None:
    with db.begin_nested() as example:
        for code, cents, step in bound:
            source = reserve(db, cents, code=code)
            if step:
                ledger.commit(db, source=source, amount_cents=cents, now=NOW)
            if step == 2:
                ledger.spend(db, source=source, amount_cents=cents, service_date=DAY, provider_id=THIRD, now=NOW)
        total = list_spending(db, budget_id=budget.id, dimensions=sorted(asked)).total
        balance = forecast_budget(db, budget_id=budget.id, burn_months=1, now=NOW).total.balance
        assert (total.reserved, total.committed, total.spent) == (balance.reserved, balance.committed, balance.spent)
        example.rollback()


def test_there_is_no_report_of_no_budget_REPORT_1(db: Session) -> None:
    with pytest.raises(BudgetNotFound):
        list_spending(db, budget_id=uuid4(), dimensions=[])
    with pytest.raises(BudgetNotFound):
        forecast_budget(db, budget_id=uuid4(), burn_months=0, now=NOW)
