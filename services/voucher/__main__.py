"""Who gets what in a process of this service: `python -m services.voucher api|bus|migrate`."""

from functools import partial
from typing import TYPE_CHECKING

from services.chassis.clock import Clock
from services.chassis.process import api_over_database, run
from services.voucher.settings import Settings

if TYPE_CHECKING:
    from services.chassis.grpc_server import Api

SERVICE = "voucher"
INCOMES = "income_statement.sealed"


def build_api(settings: Settings, clock: Clock) -> "Api":
    """The api over the service's database."""
    from services.chassis.door import Door
    from services.chassis.vault import vault_from
    from services.voucher.api import CONSTRAINTS, REFUSALS, SERVICES, servicers
    from services.voucher.api.gate import GATE

    vault = settings.opened("income_keys_file", partial(vault_from, place=INCOMES))
    return api_over_database(
        SERVICE,
        settings,
        clock,
        services=SERVICES,
        servicers=lambda door: servicers(door, settings.rules(), vault),
        refusals=REFUSALS,
        constraints=CONSTRAINTS,
        door=partial(Door, gate=GATE),
    )


def work(settings: Settings) -> None:
    """Run the bus process."""
    from services.chassis.bus import run_bus
    from services.chassis.vault import vault_from
    from services.voucher.bus import VoucherBus

    run_bus(
        VoucherBus,
        service=SERVICE,
        settings=settings,
        county=settings.county,
        rules=settings.rules(),
        vault=settings.opened("income_keys_file", partial(vault_from, place=INCOMES)),
    )


if __name__ == "__main__":
    run("services.voucher", Settings, api=build_api, bus=work)
