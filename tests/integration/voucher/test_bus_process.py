"""What the api stored and the bus changes, as two processes: a class that one of them maps and the other does not."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from services.chassis.bus import topology
from services.chassis.bus.publisher import Outgoing, Publisher
from services.chassis.database import engine_from, sessions_from
from services.chassis.values import day
from services.voucher.domain.claims.redemption import Redemption, RedemptionState, RejectCode
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.storage.neighbours import provider
from services.voucher.views.outlook.proof import prove_ledger
from sote.client.v1 import client_pb2
from sote.client.v1 import events_pb2 as client
from tests import processes
from tests.builders.voucher import vouchers as samples
from tests.builders.voucher.county import World
from tests.builders.voucher.settlements import lines, pay

pytestmark = pytest.mark.integration
PRICE = 58_00
DEATH, TOLD = date(2025, 1, 18), date(2025, 3, 6)
JANUARY = [date(2025, 1, number) for number in (7, 14, 21, 24, 28)]
FEBRUARY = [date(2025, 2, number) for number in (3, 5, 11, 18)]
MARCH = [date(2025, 3, number) for number in (3, 4)]


@pytest.fixture
def url(new_database: Callable[[str], str]) -> str:
    return new_database("voucher")


@pytest.fixture
def world(url: str) -> Iterator[World]:
    """A provider with one contract, and money; what is done is committed by the test."""
    engine = engine_from(url)
    with sessions_from(engine)() as session:
        world = World(session)
        enterprise = replace(samples.provider(), provider_id=world.enterprise, roles=("COUNTY_ENTERPRISE",), units=())
        provider.keep_provider(session, enterprise)
        world.add_coach(world.coach, price=PRICE)
        provider.keep_catalogue(session, replace(samples.catalogue(), reference_price_cents=PRICE))
        world.budget(10_000_00)
        yield world
    engine.dispose()


@pytest.fixture
def tell(url: str, amqp_uri: str, tmp_path: Path) -> Iterator[Callable[[client.ClientDeceased], None]]:
    """Tells the bus process of the service a fact, as its owner's relay would; returns when it was applied."""
    clock = tmp_path / "clock"
    clock.write_text(f"{TOLD}T08:00:00+00:00")
    env = processes.environment("voucher", tmp_path, database_url=url, amqp_uri=amqp_uri, CLOCK_FILE=str(clock))
    with processes.running("voucher", "bus", env, tmp_path / "bus.log") as bus:

        def send(fact: client.ClientDeceased) -> None:
            name = fact.DESCRIPTOR.full_name
            message = Outgoing(
                topology.exchange_of(name), name, "1", fact.SerializeToString(), {"id": str(uuid4()), "type": name}
            )
            publisher = Publisher(lambda: topology.connect(amqp_uri), prepare=lambda channel: None)
            assert publisher.publish([message]) == set()
            publisher.close()
            bus.until_applied(name)

        yield send


def active(world: World, units: int) -> Voucher:
    """A voucher of the winter at the coach."""
    world.on(date(2025, 1, 2)).tell_client()
    first, last = date(2025, 1, 1), date(2025, 3, 31)
    world.grant(units=units, first=first, last=last)
    world.plan(units=units, from_date=first, to_date=last)
    return world.active()


def claim(world: World, voucher: Voucher, days: list[date], on: date) -> list[Redemption]:
    """The provider claims the days of service."""
    world.on(on)
    return [world.redeem(voucher, world.deliver(voucher, day=one)) for one in days]


def test_claims_paid_before_the_death_was_known_are_reversed_and_recovered_PROCESS_D2(
    world: World, tell: Callable[[client.ClientDeceased], None]
) -> None:
    voucher = active(world, 12)
    claims = claim(world, voucher, JANUARY, date(2025, 1, 31))
    assert pay(world, world.coach, (date(2025, 1, 1), date(2025, 1, 31))).total == 5 * PRICE
    claims += claim(world, voucher, FEBRUARY, date(2025, 2, 28))
    assert pay(world, world.coach, (date(2025, 2, 1), date(2025, 2, 28))).total == 4 * PRICE
    claims += claim(world, voucher, MARCH, date(2025, 3, 5))
    world.session.commit()
    status = client_pb2.CLIENT_STATE_DECEASED
    facts = client.ClientFacts(client_id=str(world.client_id), state=status, version=2)
    tell(client.ClientDeceased(client=facts, deceased_date=day(DEATH)))
    world.session.expire_all()
    paid, back, refused = RedemptionState.SETTLED, RedemptionState.REVERSED, RedemptionState.REJECTED
    assert [one.state for one in claims] == [paid] * 2 + [back] * 7 + [refused] * 2
    assert world.balance(voucher).spent == 2 * PRICE
    (late,) = claim(world, voucher, [date(2025, 2, 4)], TOLD)
    assert (late.state, late.reject_code) == (refused, RejectCode.EXPIRED)
    other = World(world.session, enterprise=world.enterprise, coach=world.coach)
    claim(other, active(other, 10), [date(2025, 2, number) for number in range(3, 13)], TOLD)
    batch = pay(other.on(TOLD), world.coach)
    assert lines(other, batch) == [("REDEMPTION", PRICE)] * 10 + [("REVERSAL", -PRICE)] * 7
    assert batch.total == 3 * PRICE
    assert prove_ledger(world.session).holds
    world.session.commit()
