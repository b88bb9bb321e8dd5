"""Who gets what in a process of this service: `python -m services.voucher api|bus|migrate`."""

import sys
from typing import TYPE_CHECKING

from services.chassis.clock import Clock, clock_from
from services.voucher.settings import Settings

if TYPE_CHECKING:
    from services.chassis.grpc_server import Api

SERVICE = "voucher"


def build_api(settings: Settings, clock: Clock) -> "Api":
    """The api over the service's database."""
    from sqlalchemy import text

    from services.chassis.database import engine_from, sessions_from
    from services.chassis.door import Door
    from services.chassis.grpc_server import Api
    from services.chassis.policy import Policy
    from services.voucher.api import CONSTRAINTS, REFUSALS, SERVICES, servicers
    from services.voucher.storage.vault import vault_from

    engine = engine_from(settings.database_url.get_secret_value(), pool_size=settings.threads + 2)
    policy = Policy(SERVICES, county=settings.county)
    vault = settings.opened("income_keys_file", vault_from)
    door = Door(sessions=sessions_from(engine), clock=clock, policy=policy)

    def ready() -> bool:
        with engine.connect() as connection:
            return connection.execute(text("select true")).scalar_one() is True

    return Api(
        service=SERVICE,
        servicers=servicers(door, settings.rules(), vault),
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
            from services.voucher.bus import VoucherBus
            from services.voucher.storage.vault import vault_from

            settings = Settings.from_environment()
            run_bus(
                VoucherBus,
                service=SERVICE,
                settings=settings,
                county=settings.county,
                rules=settings.rules(),
                vault=settings.opened("income_keys_file", vault_from),
            )
        case ["migrate"]:
            from services.chassis.migrations import migrate

            migrate("services.voucher", Settings.from_environment().database_url.get_secret_value())
        case _:
            raise SystemExit("usage: python -m services.voucher api|bus|migrate")


if __name__ == "__main__":
    main(sys.argv[1:])
