"""Settlement batches: collected once, approved by other eyes, spent only when paid."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.chassis.etags import VersionConflict
from services.kernel.care import Arrangement
from services.kernel.refusal import IllegalTransition
from services.voucher.domain.purse.ledger import Balance, Source, SourceKind
from services.voucher.domain.spending.settlement import (
    FourEyes,
    NothingToSettle,
    SettlementNotFound,
    SettlementState,
)
from services.voucher.operations.purse import ledger
from services.voucher.operations.spending.approve_settlement import approve_settlement
from services.voucher.operations.spending.charge_delivery import charge_delivery
from services.voucher.operations.spending.fail_settlement import fail_settlement
from services.voucher.operations.spending.follow_plan import follow_plan
from services.voucher.operations.spending.send_settlement import send_settlement
from services.voucher.views.outlook.proof import prove_ledger
from sote.voucher.v1 import events_pb2
from tests.builders.voucher import purse as world
from tests.builders.voucher.batches import CLIENT, PROVIDER, collect, paid, redeemed, sent
from tests.builders.voucher.claims import redeemed_voucher
from tests.builders.voucher.purse import COUNTY, DAY, NOW, SUPPORT, caller

pytestmark = pytest.mark.integration


@pytest.fixture
def db(session: Callable[[str], Session]) -> Session:
    opened = session("voucher")
    world.county(opened)
    return opened


def purchased(db: Session, units: int) -> Source:
    """A purchase at the provider with one delivery charged."""
    plan_id = uuid4()
    world.contract(db, provider_id=PROVIDER, code=SUPPORT, price=250_00)
    service = world.plan_service(
        plan_id, CLIENT, code=SUPPORT, arrangement=Arrangement.PURCHASE, provider_id=PROVIDER, units=6
    )
    world.tell_plan(db, plan_id, CLIENT, [service])
    follow_plan(db, plan_id=plan_id, county=COUNTY, now=NOW)
    charge_delivery(db, delivery_id=world.tell_delivery(db, service, units=units), now=NOW)
    commitment_id = db.execute(
        text("select id from commitment where plan_service_id = :id"), {"id": service.plan_service_id}
    ).scalar_one()
    return Source(SourceKind.COMMITMENT, commitment_id)


def test_vouchers_and_purchases_of_the_period_are_paid_and_spent_PROCESS_A14(db: Session) -> None:
    voucher = redeemed(db, date(2025, 3, 3), date(2025, 3, 31), date(2025, 4, 1))
    purchase = purchased(db, 2)
    batch = collect(db)
    assert (batch.total, batch.item_count) == (2 * 78_00 + 500_00, 3)
    sent(db, batch)
    assert ledger.balance_of(db, voucher) == Balance(0, 3 * 78_00, 0)
    assert paid(db, batch).state is SettlementState.PAID
    assert ledger.balance_of(db, voucher) == Balance(0, 78_00, 2 * 78_00)
    assert ledger.balance_of(db, purchase) == Balance(0, 1_000_00, 500_00)
    states = db.execute(text("select state from redemption order by service_date")).scalars().all()
    assert states == ["SETTLED", "SETTLED", "ACCEPTED"]
    assert db.execute(text("select state from charge")).scalars().all() == ["SETTLED"]
    rest = collect(db, (date(2025, 4, 1), date(2025, 4, 30)))
    paid(db, sent(db, rest))
    assert prove_ledger(db).holds
    facts = text("select body from outbox where routing_key = 'sote.voucher.v1.SettlementPaid' order by id")
    totals = [events_pb2.SettlementPaid.FromString(bytes(body)).total.cents for body in db.execute(facts).scalars()]
    assert totals == [batch.total, 78_00]


def test_what_is_in_a_batch_is_not_collected_again_INV_11(db: Session) -> None:
    redeemed(db, DAY)
    purchased(db, 1)
    collect(db)
    with pytest.raises(NothingToSettle):
        collect(db)


def test_nothing_is_collected_for_another_provider_or_period_PROCESS_A14(db: Session) -> None:
    redeemed_voucher(db, provider_id=uuid4(), client_id=CLIENT, days=[DAY])
    redeemed(db, date(2025, 4, 1))
    with pytest.raises(NothingToSettle):
        collect(db)


@pytest.mark.parametrize("eyes", ["fin-1", world.OFFICIAL])
def test_neither_maker_nor_issuer_approves_INV_27(db: Session, eyes: str) -> None:
    redeemed(db, DAY)
    batch = collect(db)
    with pytest.raises(FourEyes):
        approve_settlement(db, settlement_id=batch.id, etag="", caller=caller(eyes), now=NOW)
    approved = approve_settlement(db, settlement_id=batch.id, etag="", caller=caller("fin-2"), now=NOW)
    assert approved.approved_by == "fin-2"


def test_the_database_itself_refuses_the_maker_INV_27(db: Session) -> None:
    redeemed(db, DAY)
    collect(db)
    with pytest.raises(IntegrityError, match="ck_settlement_four_eyes"), db.begin_nested():
        db.execute(text("update settlement set state = 'APPROVED', approved_by = created_by"))


def test_a_failed_payment_spends_nothing_and_is_sent_again_PROCESS_A14(db: Session) -> None:
    voucher = redeemed(db, DAY)
    batch = sent(db, collect(db))
    fail_settlement(db, settlement_id=batch.id, failure_code="ACCOUNT_CLOSED", etag="", now=NOW)
    assert ledger.balance_of(db, voucher).spent == 0
    with pytest.raises(IllegalTransition):
        paid(db, batch)
    again = send_settlement(db, settlement_id=batch.id, etag="", now=NOW)
    assert (again.attempts, again.failure_code) == (2, "")
    paid(db, batch)
    assert ledger.balance_of(db, voucher).spent == 78_00
    with pytest.raises(IllegalTransition):
        paid(db, batch)
    assert ledger.balance_of(db, voucher).spent == 78_00


def test_a_batch_that_changed_is_not_approved_AIP_154(db: Session) -> None:
    redeemed(db, DAY)
    batch = collect(db)
    with pytest.raises(VersionConflict):
        approve_settlement(db, settlement_id=batch.id, etag='"7"', caller=caller("fin-2"), now=NOW)
    with pytest.raises(SettlementNotFound):
        approve_settlement(db, settlement_id=uuid4(), etag="", caller=caller("fin-2"), now=NOW)


def test_a_batch_whose_total_was_spoiled_is_told_by_the_proof_INV_11(db: Session) -> None:
    redeemed(db, DAY)
    collect(db)
    db.execute(text("update settlement set total = total + 1"))
    assert ("INV-11", "total") in {(one.rule, one.measure) for one in prove_ledger(db).differences}
