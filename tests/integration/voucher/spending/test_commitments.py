"""Own production and purchases of plans: committed, charged, closed, whatever order the facts come in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import permutations
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.chassis.inbox import NotYet
from services.kernel.care import Arrangement
from services.kernel.refusal import IllegalTransition
from services.voucher.domain.neighbours.plan import PlanServiceCopy
from services.voucher.domain.purse.ledger import Balance, SourceKind
from services.voucher.domain.spending.commitment import ChargeState, Commitment, CommitmentState, commitment_id_for
from services.voucher.operations.purse import ledger
from services.voucher.operations.purse.appropriate_line import appropriate_line
from services.voucher.operations.purse.ledger import BudgetExhausted
from services.voucher.operations.spending.charge_delivery import charge_delivery
from services.voucher.operations.spending.follow_plan import follow_contract, follow_plan
from services.voucher.operations.spending.fund_commitment import fund_commitment
from services.voucher.operations.spending.order_service import order_service
from services.voucher.storage.spending.commitment import load_commitment
from services.voucher.views.outlook.proof import prove_ledger
from tests.builders.voucher import purse as world
from tests.builders.voucher.purse import COUNTY, DAY, NOW, SUPPORT, WORK

pytestmark = pytest.mark.integration
PLAN, CLIENT, PROVIDER = uuid4(), uuid4(), uuid4()


@pytest.fixture
def db(session: Callable[[str], Session]) -> Session:
    opened = session("voucher")
    world.county(opened)
    world.contract(opened, provider_id=PROVIDER, code=WORK, price=62_00)
    world.contract(opened, provider_id=PROVIDER, code=SUPPORT, price=250_00)
    return opened


def own(units: int = 4) -> PlanServiceCopy:
    return world.plan_service(PLAN, CLIENT, code=WORK, arrangement=Arrangement.OWN, provider_id=PROVIDER, units=units)


def bought(units: int = 6) -> PlanServiceCopy:
    return world.plan_service(
        PLAN, CLIENT, code=SUPPORT, arrangement=Arrangement.PURCHASE, provider_id=PROVIDER, units=units
    )


def follow(db: Session, *services: PlanServiceCopy, version: int = 1, state: str = "ACTIVE") -> None:
    world.tell_plan(db, PLAN, CLIENT, services, version=version, state=state)
    follow_plan(db, plan_id=PLAN, county=COUNTY, now=NOW)


def charged(db: Session, service: PlanServiceCopy, units: int = 1, on: date = DAY) -> UUID:
    delivery = world.tell_delivery(db, service, units=units, on=on)
    charge_delivery(db, delivery_id=delivery, now=NOW)
    return delivery


def of(db: Session, service: PlanServiceCopy) -> Commitment:
    found = load_commitment(db, commitment_id_for(service.plan_service_id))
    assert found is not None
    return found


def money(db: Session, service: PlanServiceCopy) -> Balance:
    return world.held(db, SourceKind.COMMITMENT, commitment_id_for(service.plan_service_id))


def test_an_activated_plan_commits_at_the_contract_price_PROCESS_B6(db: Session) -> None:
    first, second = own(32), bought()
    follow(db, first, second)
    assert (money(db, first).committed, money(db, second).committed) == (1_984_00, 1_500_00)
    assert of(db, second).unit_price == 250_00
    assert prove_ledger(db).holds


def test_the_price_stays_when_the_contract_changes_PROCESS_B6(db: Session) -> None:
    service = own()
    follow(db, service)
    db.execute(text("update contract_line_copy set unit_price_cents = 99900"))
    follow(db, service, version=2)
    charged(db, service)
    assert money(db, service).spent == 62_00


def test_what_an_enrolment_or_a_voucher_funds_is_not_committed_PROCESS_B6(db: Session) -> None:
    enrolled = replace(own(), enrolment_id=uuid4())
    voucher = world.plan_service(
        PLAN, CLIENT, code=WORK, arrangement=Arrangement.VOUCHER, provider_id=None, units=4, state="AWAITING_CHOICE"
    )
    follow(db, enrolled, voucher, own(0))
    assert db.execute(text("select count(*) from commitment")).scalar_one() == 0


def test_own_production_is_spent_at_delivery_and_a_purchase_waits_for_settlement_PROCESS_B6(db: Session) -> None:
    first, second = own(), bought()
    follow(db, first, second)
    charged(db, first, 3)
    charged(db, second)
    assert money(db, first) == Balance(0, 62_00, 3 * 62_00)
    assert money(db, second) == Balance(0, 1_500_00, 0)
    assert [charge.state for charge in of(db, second).charges] == [ChargeState.ACCEPTED]
    assert prove_ledger(db).holds


def test_a_delivery_is_charged_once_INV_26(db: Session) -> None:
    service = own()
    follow(db, service)
    delivery = charged(db, service)
    charge_delivery(db, delivery_id=delivery, now=NOW)
    assert money(db, service).spent == 62_00


def test_nothing_is_paid_beyond_the_planned_units_S1_30(db: Session) -> None:
    service = own(2)
    follow(db, service)
    for units in (1, 2, 1):
        charged(db, service, units)
    assert money(db, service) == Balance(0, 0, 2 * 62_00)
    assert sorted(charge.reject_code for charge in of(db, service).charges) == ["", "", "OVER_UNITS"]


@pytest.mark.parametrize(("state", "after"), [("COMPLETED", "CLOSED"), ("CANCELLED", "CANCELLED")])
def test_the_rest_is_released_when_the_planned_service_ends_BUDGET_6(db: Session, state: str, after: str) -> None:
    service, other = own(), bought()
    follow(db, service, other)
    charged(db, service)
    charged(db, other)
    follow(db, replace(service, state=state), replace(other, state=state), version=2)
    assert of(db, service).state == CommitmentState(after)
    assert money(db, service) == Balance(0, 0, 62_00)
    assert money(db, other) == Balance(0, 250_00, 0)
    assert prove_ledger(db).holds


@pytest.mark.parametrize("state", ["CLOSED", "CANCELLED"])
def test_a_closed_plan_holds_no_money_PROCESS_D7(db: Session, state: str) -> None:
    service = own()
    follow(db, service)
    follow(db, service, version=2, state=state)
    assert money(db, service) == Balance()


def test_a_service_left_out_of_a_later_version_is_cancelled_PLAN_13(db: Session) -> None:
    service, other = own(), bought()
    follow(db, service, other)
    follow(db, other, version=2)
    assert (of(db, service).state, money(db, service)) == (CommitmentState.CANCELLED, Balance())
    assert of(db, other).state is CommitmentState.COMMITTED


def test_an_exhausted_budget_opens_a_work_item_and_care_goes_on_PROCESS_6(db: Session) -> None:
    service = own(units=200)
    follow(db, service)
    assert of(db, service).state is CommitmentState.AWAITING_FUNDS
    charged(db, service, 2)
    assert money(db, service) == Balance()
    assert [charge.state for charge in of(db, service).charges] == [ChargeState.RECORDED]
    work = "select count(*) from work_item where kind = 'commitment-awaits-funds' and done_at is null"
    assert db.execute(text(work)).scalar_one() == 1
    with pytest.raises(BudgetExhausted):
        fund_commitment(db, commitment_id=of(db, service).id, etag="", now=NOW)
    budget_id = db.execute(text("select id from budget")).scalar_one()
    appropriate_line(
        db, budget_id=budget_id, line_code="FAMILIES", amount_cents=3_000_00, etag="", now=NOW, new_id=uuid4()
    )
    fund_commitment(db, commitment_id=of(db, service).id, etag="", now=NOW)
    assert money(db, service) == Balance(0, 198 * 62_00, 2 * 62_00)
    assert db.execute(text(work)).scalar_one() == 0
    with pytest.raises(IllegalTransition):
        fund_commitment(db, commitment_id=of(db, service).id, etag="", now=NOW)
    assert prove_ledger(db).holds


def test_deliveries_known_before_the_plan_are_charged_when_it_comes_GUARANTEE_6(db: Session) -> None:
    service = own()
    charged(db, service, 2)
    follow(db, service)
    assert money(db, service) == Balance(0, 2 * 62_00, 2 * 62_00)


def test_a_plan_known_before_its_contract_is_ordered_when_that_comes_GUARANTEE_6(db: Session) -> None:
    elsewhere = uuid4()
    service = replace(own(), provider_id=elsewhere)
    follow(db, service)
    assert load_commitment(db, commitment_id_for(service.plan_service_id)) is None
    with pytest.raises(NotYet):
        order_service(db, plan_service_id=service.plan_service_id, county=COUNTY, now=NOW)
    world.contract(db, provider_id=elsewhere, code=WORK, price=60_00)
    follow_contract(db, provider_id=elsewhere, county=COUNTY, now=NOW)
    assert money(db, service).committed == 4 * 60_00


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_books_end_alike_in_every_order_of_facts_GUARANTEE_5_GUARANTEE_6(
    db: Session, order: tuple[int, ...]
) -> None:
    service = own()
    deliveries = [world.tell_delivery(db, service, units=2) for _ in range(2)]
    told: list[Callable[[], None]] = [
        lambda: follow(db, service, version=1),
        lambda: charge_delivery(db, delivery_id=deliveries[0], now=NOW),
        lambda: charge_delivery(db, delivery_id=deliveries[1], now=NOW),
        lambda: follow(db, replace(service, state="COMPLETED"), version=2),
    ]
    for number in (*order, *order):
        told[number]()
    assert (of(db, service).state, money(db, service)) == (CommitmentState.CLOSED, Balance(0, 0, 4 * 62_00))
    assert prove_ledger(db).holds


def test_the_end_waits_for_the_deliveries_it_was_told_of_GUARANTEE_6(db: Session) -> None:
    """The plan says it is done before the news of its last delivery comes: nothing is released to be bound again."""
    service = own()
    follow(db, service)
    follow(db, replace(service, state="COMPLETED", units_delivered=2), version=2)
    assert of(db, service).state is CommitmentState.COMMITTED
    charged(db, service, 2)
    assert of(db, service).state is CommitmentState.CLOSED
    assert money(db, service) == Balance(0, 0, 2 * 62_00)


def test_news_of_a_delivery_after_the_end_is_still_paid_GUARANTEE_6(db: Session) -> None:
    service = own()
    follow(db, service)
    follow(db, replace(service, state="COMPLETED"), version=2)
    charged(db, service, 2)
    assert money(db, service) == Balance(0, 0, 2 * 62_00)
    ledger.reserve(
        db,
        source=world.voucher_source(),
        client_id=CLIENT,
        service_code=WORK,
        amount_cents=world.line_balances(db)["FAMILIES"].available,
        service_date=DAY,
        now=NOW,
    )
    charged(db, service, 1)
    assert of(db, service).charges[-1].reject_code == "BUDGET_EXHAUSTED"


def test_a_service_that_costs_nothing_needs_no_money_MONEY_1(db: Session) -> None:
    free = uuid4()
    world.contract(db, provider_id=free, code=WORK, price=0)
    service = replace(own(), provider_id=free)
    follow(db, service)
    charged(db, service)
    assert of(db, service).state is CommitmentState.COMMITTED
    assert [charge.state for charge in of(db, service).charges] == [ChargeState.BOOKED]
    assert prove_ledger(db).holds
