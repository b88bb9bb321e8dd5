"""Who gets what in a process of this service: `python -m services.client api|bus|migrate`."""

from functools import partial
from typing import TYPE_CHECKING

from services.chassis.clock import Clock
from services.chassis.process import api_over_database, run
from services.client.settings import Settings

if TYPE_CHECKING:
    from services.chassis.grpc_server import Api

SERVICE = "client"


def build_api(settings: Settings, clock: Clock) -> "Api":
    """The api over the service's database."""
    from services.chassis.door import Door
    from services.chassis.vault import vault_from
    from services.client.api import CONSTRAINTS, REFUSALS, SERVICES, servicers
    from services.client.api.gate import GATE
    from services.client.storage.clients.client import protected

    rules = settings.rules()
    keys = partial(vault_from, place="identity_code.sealed", indexed=True)
    vault = settings.opened("identity_keys_file", keys)
    return api_over_database(
        SERVICE,
        settings,
        clock,
        services=SERVICES,
        servicers=lambda door: servicers(door, rules, vault),
        refusals=REFUSALS,
        constraints=CONSTRAINTS,
        door=partial(Door, gate=GATE, protected=protected),
    )


def work(settings: Settings) -> None:
    """Run the bus process."""
    from services.chassis.bus import run_bus
    from services.client.bus import ClientBus

    rules = settings.rules()
    run_bus(ClientBus, service=SERVICE, settings=settings, rules=rules, dormant_days=settings.dormant_after_days)


if __name__ == "__main__":
    run("services.client", Settings, api=build_api, bus=work)
