"""Whether the ledger's proof holds, also while a batch is paid."""

from datetime import date

from services.voucher.views.outlook.proof import prove_ledger
from tests.builders.voucher.county import World
from tests.builders.voucher.settlements import collect, confirm, send

MARCH = (date(2025, 3, 1), date(2025, 3, 31))


def holds(world: World) -> bool:
    """Whether books and vouchers agree now."""
    world.session.flush()
    return prove_ledger(world.session).holds


def pay(world: World) -> None:
    """March's claims of the coach are paid; the proof holds also while they are in a batch."""
    batch = collect(world, world.coach, MARCH)
    assert holds(world)
    confirm(world, send(world, batch))
