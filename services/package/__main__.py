"""Who gets what in a process of this service: `python -m services.package api|bus|migrate`."""

import sys
from typing import TYPE_CHECKING

from services.chassis.clock import Clock, clock_from
from services.package.settings import Settings

if TYPE_CHECKING:
    from services.chassis.grpc_server import Api

SERVICE = "package"
SERVICES = ("PackageService", "WorkService")


def build_api(settings: Settings, clock: Clock) -> "Api":
    """The api over the service's database."""
    from sqlalchemy import text

    from services.chassis.database import engine_from, sessions_from
    from services.chassis.door import Door
    from services.chassis.grpc_server import Api
    from services.chassis.policy import Policy
    from services.package.api import CONSTRAINTS, REFUSALS, PackageApi, WorkApi
    from sote.package.v1 import package_service_pb2_grpc, work_service_pb2_grpc

    engine = engine_from(settings.database_url.get_secret_value(), pool_size=settings.threads + 2)
    policy = Policy([f"sote.package.v1.{name}" for name in SERVICES], county=settings.county)
    door = Door(sessions=sessions_from(engine), clock=clock, policy=policy)

    def ready() -> bool:
        with engine.connect() as connection:
            return connection.execute(text("select true")).scalar_one() is True

    return Api(
        service=SERVICE,
        servicers=[
            (package_service_pb2_grpc.add_PackageServiceServicer_to_server, PackageApi(door, settings.rules())),
            (work_service_pb2_grpc.add_WorkServiceServicer_to_server, WorkApi(door)),
        ],
        policy=policy,
        refusals=REFUSALS,
        ready=ready,
        constraints=CONSTRAINTS,
        close=engine.dispose,
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
            from services.package.bus import PackageBus

            settings = Settings.from_environment()
            run_bus(PackageBus, service=SERVICE, settings=settings, rules=settings.rules())
        case ["migrate"]:
            from services.chassis.migrations import migrate

            migrate("services.package", Settings.from_environment().database_url.get_secret_value())
        case _:
            raise SystemExit("usage: python -m services.package api|bus|migrate")


if __name__ == "__main__":
    main(sys.argv[1:])
