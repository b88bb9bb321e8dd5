"""All money goes through the county (S1.04): providers earn what the ledger spent, and clients' recorded shares."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.voucher.domain.claims.redemption import RedemptionState
from services.voucher.domain.money import Regime
from services.voucher.domain.rules import Rules
from services.voucher.operations.choices.accept_voucher import accept_voucher
from services.voucher.storage.claims.redemption import redemptions
from services.voucher.storage.neighbours import provider
from services.voucher.storage.purse.budget import entries
from services.voucher.storage.spending.settlement import items, settlements
from tests.builders.voucher import vouchers
from tests.builders.voucher.county import World
from tests.builders.voucher.proof import holds, pay

pytestmark = pytest.mark.integration


def earned(world: World, provider_id: UUID) -> tuple[int, int]:
    """County and client shares of the provider's settled claims, in cents."""
    r = redemptions.c
    query = select(func.sum(r.county_share), func.sum(r.client_share))
    row = world.session.execute(query.where(r.provider_id == provider_id, r.state == RedemptionState.SETTLED)).one()
    return int(row[0]), int(row[1])


def spent_on(world: World, provider_id: UUID) -> int:
    """What the ledger spent on the sources the provider's batches paid."""
    paid = select(items.c.source_id).join(settlements, settlements.c.id == items.c.settlement_id)
    query = select(func.sum(entries.c.amount)).where(
        entries.c.op == "SPEND", entries.c.source_id.in_(paid.where(settlements.c.provider_id == provider_id))
    )
    return int(world.session.execute(query).scalar_one())


@pytest.mark.parametrize(
    ("regime", "price", "client"), [(Regime.ASIAKASSETELI, 82_00, 0), (Regime.PALVELUSETELI, 90_00, 5_00)]
)
def test_a_providers_income_is_the_ledgers_spend_and_the_clients_recorded_shares_S1_04(
    session: Callable[[str], Session], regime: Regime, price: int, client: int
) -> None:
    world = World(session("voucher"), rules=Rules(regime_default=regime)).told()
    provider.keep_catalogue(world.session, replace(vouchers.catalogue(), fee_rule="HOME_CARE_FEE", version=2))
    world.coach = uuid4()
    world.add_coach(world.coach, price=price)
    voucher = world.issue(world.draft())
    world.guide(voucher)
    world.choose(voucher)
    accept_voucher(world.session, voucher_id=voucher.id, provider_id=world.coach, content_version=1, now=world.now)
    days = (3, 4, 5, 6)
    for day in days:
        world.redeem(voucher, world.deliver(voucher, day=date(2025, 3, day)))
    pay(world)
    county_share, client_share = earned(world, world.coach)
    assert client_share == client * len(days)
    assert county_share + client_share == price * len(days)
    assert county_share == spent_on(world, world.coach)
    assert holds(world)
