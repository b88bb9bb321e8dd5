"""Settlement as two officials of county finance do it, for tests of what comes before and after a payment."""

from datetime import date
from uuid import UUID, uuid4

from services.chassis.identity import Caller
from services.voucher.domain.spending.settlement import Item, Settlement
from services.voucher.operations.spending.approve_settlement import approve_settlement
from services.voucher.operations.spending.confirm_settlement_paid import confirm_settlement_paid
from services.voucher.operations.spending.create_settlement import create_settlement
from services.voucher.operations.spending.send_settlement import send_settlement
from services.voucher.storage.spending.settlement import items_of
from tests.builders.voucher.county import COUNTY, World

YEAR = (date(2025, 1, 1), date(2025, 12, 31))
ONE, OTHER = (Caller(f"finance-{number}", "FIN", "county", "", COUNTY) for number in (1, 2))


def collect(world: World, provider_id: UUID, period: tuple[date, date] = YEAR) -> Settlement:
    """Everything accepted in the period is in a batch."""
    return create_settlement(
        world.session,
        provider_id=provider_id,
        period_start=period[0],
        period_end=period[1],
        caller=ONE,
        rules=world.rules,
        now=world.now,
        new_id=uuid4(),
    )


def send(world: World, batch: Settlement) -> Settlement:
    """The other official approves it and gives it to the bank."""
    approve_settlement(world.session, settlement_id=batch.id, etag="", caller=OTHER, now=world.now)
    return send_settlement(world.session, settlement_id=batch.id, etag="", now=world.now)


def confirm(world: World, batch: Settlement) -> Settlement:
    """The bank paid it."""
    return confirm_settlement_paid(
        world.session, settlement_id=batch.id, payment_reference="RF18", etag="", rules=world.rules, now=world.now
    )


def pay(world: World, provider_id: UUID, period: tuple[date, date] = YEAR) -> Settlement:
    """Everything accepted in the period is paid."""
    return confirm(world, send(world, collect(world, provider_id, period)))


def lines(world: World, batch: Settlement) -> list[tuple[str, int]]:
    """Kind and amount of each line, the largest first."""
    found: list[Item] = items_of(world.session, batch.id)
    return sorted(((item.kind.value, item.amount) for item in found), key=lambda line: -line[1])
