"""Who gets what in a process of this service: `python -m services.client api|bus|migrate`."""

import sys
from typing import TYPE_CHECKING

from services.chassis.clock import Clock, clock_from
from services.client.settings import Settings

if TYPE_CHECKING:
    from services.chassis.grpc_server import Api

SERVICE = "client"


def build_api(settings: Settings, clock: Clock) -> "Api":
    """The api over the service's database."""
    from sqlalchemy import text

    from services.chassis.database import engine_from, sessions_from
    from services.chassis.grpc_server import Api
    from services.chassis.policy import Policy
    from services.client.api import CONSTRAINTS, REFUSALS
    from services.client.api.door import ClientDoor
    from services.client.api.gate import GATE
    from services.client.api.servicers import SERVICES, servicers
    from services.client.storage.vault import vault_from

    engine = engine_from(settings.database_url.get_secret_value(), pool_size=settings.threads + 2)
    policy = Policy(SERVICES, county=settings.county)
    door = ClientDoor(sessions=sessions_from(engine), clock=clock, policy=policy, gate=GATE)

    def ready() -> bool:
        with engine.connect() as connection:
            return connection.execute(text("select true")).scalar_one() is True

    return Api(
        service=SERVICE,
        servicers=servicers(door, settings.rules(), settings.opened("identity_keys_file", vault_from)),
        policy=policy,
        refusals=REFUSALS,
        ready=ready,
        close=engine.dispose,
        constraints=CONSTRAINTS,
    )


def main(arguments: list[str]) -> None:
    """Run the process named by the one argument."""
    match arguments:
        case ["api"]:
            from services.chassis.grpc_server import serve

            settings = Settings.from_environment()
            serve(build_api(settings, clock_from(settings.clock_file)), settings)
        case ["bus"]:
            from services.chassis.green import green_or_again

            green_or_again()
            from services.chassis.bus import run_bus
            from services.client.bus import ClientBus

            settings = Settings.from_environment()
            rules = settings.rules()
            run_bus(
                ClientBus, service=SERVICE, settings=settings, rules=rules, dormant_days=settings.dormant_after_days
            )
        case ["migrate"]:
            from services.chassis.migrations import migrate

            migrate("services.client", Settings.from_environment().database_url.get_secret_value())
        case _:
            raise SystemExit("usage: python -m services.client api|bus|migrate")


if __name__ == "__main__":
    main(sys.argv[1:])
