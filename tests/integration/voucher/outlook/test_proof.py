"""The ledger's proof holds at every step of a voucher's life, and tells when a voucher and its money part (INV-09)."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.voucher.domain.purse.ledger import Source, SourceKind
from services.voucher.domain.rules import Rules
from services.voucher.operations.purse import ledger
from services.voucher.operations.spending.approve_settlement import approve_settlement
from services.voucher.operations.spending.confirm_settlement_paid import confirm_settlement_paid
from services.voucher.operations.spending.create_settlement import create_settlement
from services.voucher.operations.spending.send_settlement import send_settlement
from services.voucher.views.outlook.proof import prove_ledger
from tests.builders.voucher.county import COUNTY, World

pytestmark = pytest.mark.integration


@pytest.fixture
def world(session: Callable[[str], Session]) -> World:
    return World(session("voucher")).told()


def holds(world: World) -> bool:
    world.session.flush()
    return prove_ledger(world.session).holds


def pay(world: World) -> None:
    one, other = (Caller(f"finance-{number}", "FIN", "county", "", COUNTY) for number in (1, 2))
    session, now = world.session, world.now
    batch = create_settlement(
        session,
        provider_id=world.coach,
        period_start=date(2025, 3, 1),
        period_end=date(2025, 3, 31),
        caller=one,
        rules=Rules(),
        now=now,
        new_id=uuid4(),
    )
    assert holds(world)
    approve_settlement(session, settlement_id=batch.id, etag="", caller=other, now=now)
    send_settlement(session, settlement_id=batch.id, etag="", now=now)
    confirm_settlement_paid(session, settlement_id=batch.id, payment_reference="RF18", etag="", rules=Rules(), now=now)


def test_the_proof_holds_from_draft_to_payment_INV_09(world: World) -> None:
    assert holds(world)
    voucher = world.active()
    assert holds(world)
    for day in (3, 4, 5):
        world.redeem(voucher, world.deliver(voucher, day=date(2025, 3, day)))
        assert holds(world)
    pay(world)
    assert holds(world)
    world.redeem(voucher, world.deliver(voucher, day=date(2025, 3, 6)))
    assert holds(world)


def test_a_voucher_that_lost_its_money_is_told_INV_09(world: World) -> None:
    voucher = world.active()
    ledger.release(world.session, source=Source(SourceKind.VOUCHER, voucher.id), amount_cents=1, now=world.now)
    (difference,) = prove_ledger(world.session).differences
    assert (difference.rule, difference.measure) == ("INV-09", "bound")
    assert difference.expected - difference.stored == 1


def test_a_payment_without_its_batch_is_told_INV_11(world: World) -> None:
    voucher = world.active()
    world.redeem(voucher, world.deliver(voucher, day=date(2025, 3, 3)))
    pay(world)
    world.session.execute(text("update settlement set state = 'FAILED', payment_reference = ''"))
    assert ("INV-11", "spent") in {(one.rule, one.measure) for one in prove_ledger(world.session).differences}
