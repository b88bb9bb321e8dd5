"""Fifty at once on one voucher, and on a provider's last place: exactly one wins (real threads, real commits)."""

from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError

from services.chassis.database import engine_from, outbox
from services.voucher.api.refusals import CONSTRAINTS
from services.voucher.domain.purse.ledger import Balance
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.storage.neighbours.provider import contract_lines, contracts
from tests.builders.voucher import vouchers as samples
from tests.builders.voucher.county import World
from tests.builders.voucher.races import LANES, Act, at_once, committed

pytestmark = pytest.mark.integration

CROWD = 50


@pytest.fixture(scope="module")
def shared(new_database: Callable[[str], str]) -> Iterator[Engine]:
    """A database of its own, in which everything is committed."""
    engine = engine_from(new_database("voucher"), pool_size=LANES + 2)
    yield engine
    engine.dispose()


def voucher_of(world: World, voucher_id: UUID) -> Voucher:
    """The voucher as committed."""
    found = world.session.get(Voucher, voucher_id)
    assert found is not None
    return found


def test_fifty_choose_on_one_voucher_VOUCHER_4(shared: Engine) -> None:
    def prepare(world: World) -> tuple[World, UUID]:
        voucher = world.told().issue(world.draft())
        world.guide(voucher)
        return world, voucher.id

    world, voucher_id = committed(shared, prepare)
    outcomes = at_once(shared, [(world, lambda mine: mine.choose(samples.voucher(id=voucher_id)))] * CROWD)
    assert outcomes == {"OK": 1, "ILLEGAL_TRANSITION": CROWD - 1}

    def check(mine: World) -> None:
        voucher = voucher_of(mine, voucher_id)
        assert mine.balance(voucher) == Balance(committed=1230_00)
        assert mine.facts(voucher) == ["VoucherDrafted", "VoucherIssued", "VoucherReserved"]

    committed(shared, check, world)


def test_fifty_redeem_the_last_unit_INV_06(shared: Engine) -> None:
    def prepare(world: World) -> tuple[World, UUID, list[UUID]]:
        voucher = world.told().active()
        world.redeem(voucher, world.deliver(voucher, units=14))
        return world, voucher.id, [world.deliver(voucher) for _ in range(CROWD)]

    world, voucher_id, deliveries = committed(shared, prepare)

    def redeem(delivery_id: UUID) -> Act:
        return lambda mine: mine.redeem(samples.voucher(id=voucher_id), delivery_id)

    outcomes = at_once(shared, [(world, redeem(one)) for one in deliveries])
    assert outcomes == {"OK": 1, "UNITS_EXCEEDED": CROWD - 1}
    _fully_redeemed(shared, world, voucher_id)


def test_fifty_redeem_one_delivery_INV_26(shared: Engine) -> None:
    def prepare(world: World) -> tuple[World, UUID, UUID]:
        voucher = world.told().active()
        return world, voucher.id, world.deliver(voucher, units=15)

    world, voucher_id, delivery_id = committed(shared, prepare)
    outcomes = at_once(shared, [(world, lambda mine: mine.redeem(samples.voucher(id=voucher_id), delivery_id))] * CROWD)
    assert outcomes == {"OK": 1, "DUPLICATE": CROWD - 1}
    _fully_redeemed(shared, world, voucher_id)


def _fully_redeemed(engine: Engine, world: World, voucher_id: UUID) -> None:
    def check(mine: World) -> None:
        voucher = voucher_of(mine, voucher_id)
        assert (voucher.units_redeemed, voucher.redeemed_cents) == (15, 1230_00)
        assert mine.balance(voucher) == Balance(committed=1230_00)
        versions = select(outbox.c.headers["aggregateversion"].as_integer()).where(
            outbox.c.headers["subject"].astext == f"vouchers/{voucher_id}"
        )
        told = list(mine.session.scalars(versions.order_by(outbox.c.id)))
        assert told == list(range(1, voucher.version + 1))

    committed(engine, check, world)


def test_a_providers_last_place_is_taken_once_VOUCHER_4(shared: Engine) -> None:
    coach = uuid4()

    def prepare(world: World) -> tuple[World, UUID]:
        world.coach = coach
        world.told()
        voucher = world.issue(world.draft())
        world.guide(voucher)
        return world, voucher.id

    people = [committed(shared, prepare) for _ in range(LANES)]
    committed(shared, lambda world: world.add_coach(coach, capacity=1))

    def choose(voucher_id: UUID) -> Act:
        return lambda mine: mine.choose(samples.voucher(id=voucher_id))

    limited = committed(shared, _only_the_limited_contract(coach))
    outcomes = at_once(shared, [(world, choose(voucher_id)) for world, voucher_id in people])
    assert limited == 1
    assert outcomes == {"OK": 1, "NO_CAPACITY": LANES - 1}


def _only_the_limited_contract(coach: UUID) -> Act:
    def act(world: World) -> int:
        of_coach = select(contracts.c.contract_id).where(contracts.c.provider_id == coach)
        world.session.execute(
            contract_lines.delete().where(contract_lines.c.contract_id.in_(of_coach), contract_lines.c.capacity == 0)
        )
        left = select(contract_lines.c.contract_id).where(contract_lines.c.contract_id.in_(of_coach))
        return len(world.session.scalars(left).all())

    return act


def test_fifty_drafts_for_one_service_S2_17(shared: Engine) -> None:
    world = committed(shared, lambda fresh: fresh.told())

    def draft(mine: World) -> None:
        try:
            mine.draft()
        except IntegrityError as error:
            diagnosis = getattr(error.orig, "diag", None)
            raise CONSTRAINTS[diagnosis.constraint_name]() from error  # type: ignore[union-attr]

    outcomes = at_once(shared, [(world, draft)] * CROWD)
    assert outcomes == {"OK": 1, "OVERLAPPING_VOUCHER": CROWD - 1}
