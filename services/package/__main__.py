"""Who gets what in a process of this service: `python -m services.package api|bus|migrate`."""

from functools import partial
from typing import TYPE_CHECKING

from services.chassis.clock import Clock
from services.chassis.process import api_over_database, run
from services.package.settings import Settings

if TYPE_CHECKING:
    from services.chassis.grpc_server import Api

SERVICE = "package"


def build_api(settings: Settings, clock: Clock) -> "Api":
    """The api over the service's database."""
    from services.chassis.door import Door
    from services.package.api import CONSTRAINTS, REFUSALS, SERVICES, servicers
    from services.package.api.gate import GATE

    return api_over_database(
        SERVICE,
        settings,
        clock,
        services=SERVICES,
        servicers=lambda door: servicers(door, settings.rules()),
        refusals=REFUSALS,
        constraints=CONSTRAINTS,
        door=partial(Door, gate=GATE),
    )


def work(settings: Settings) -> None:
    """Run the bus process."""
    from services.chassis.bus import run_bus
    from services.package.bus import PackageBus

    run_bus(PackageBus, service=SERVICE, settings=settings, rules=settings.rules())


if __name__ == "__main__":
    run("services.package", Settings, api=build_api, bus=work)
