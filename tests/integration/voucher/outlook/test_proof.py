"""The ledger's proof holds at every step of a voucher's life, and tells when a voucher and its money part (INV-09)."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.voucher.domain.purse.ledger import Source, SourceKind
from services.voucher.operations.purse import ledger
from services.voucher.views.outlook.proof import prove_ledger
from tests.builders.voucher.county import World
from tests.builders.voucher.proof import holds, pay

pytestmark = pytest.mark.integration


@pytest.fixture
def world(session: Callable[[str], Session]) -> World:
    return World(session("voucher")).told()


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
