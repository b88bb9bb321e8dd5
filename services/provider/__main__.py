"""Who gets what in a process of this service: `python -m services.provider api|bus|migrate`."""

import sys
from typing import TYPE_CHECKING

from services.chassis.clock import Clock, clock_from
from services.provider.settings import Settings

if TYPE_CHECKING:
    from services.chassis.grpc_server import Api

SERVICE = "provider"
SERVICES = ("ProviderService", "AdherenceService", "CentreService", "ClauseService")


def build_api(settings: Settings, clock: Clock) -> "Api":
    """The api over the service's database."""
    from sqlalchemy import text

    from services.chassis.database import engine_from, sessions_from
    from services.chassis.door import Door
    from services.chassis.grpc_server import Api
    from services.chassis.policy import Policy
    from services.provider.api import CONSTRAINTS, REFUSALS, AdherenceApi, CentreApi, ClauseApi, ProviderApi
    from sote.provider.v1 import (
        adherence_service_pb2_grpc,
        centre_service_pb2_grpc,
        clause_service_pb2_grpc,
        provider_service_pb2_grpc,
    )

    engine = engine_from(settings.database_url.get_secret_value(), pool_size=settings.threads + 2)
    policy = Policy([f"sote.provider.v1.{name}" for name in SERVICES], county=settings.county)
    door = Door(sessions=sessions_from(engine), clock=clock, policy=policy)

    def ready() -> bool:
        with engine.connect() as connection:
            return connection.execute(text("select true")).scalar_one() is True

    return Api(
        service=SERVICE,
        servicers=[
            (provider_service_pb2_grpc.add_ProviderServiceServicer_to_server, ProviderApi(door, settings.rules())),
            (adherence_service_pb2_grpc.add_AdherenceServiceServicer_to_server, AdherenceApi(door)),
            (centre_service_pb2_grpc.add_CentreServiceServicer_to_server, CentreApi(door)),
            (clause_service_pb2_grpc.add_ClauseServiceServicer_to_server, ClauseApi(door)),
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
            from services.provider.bus import ProviderBus

            settings = Settings.from_environment()
            run_bus(ProviderBus, service=SERVICE, settings=settings, rules=settings.rules())
        case ["migrate"]:
            from services.chassis.migrations import migrate

            migrate("services.provider", Settings.from_environment().database_url.get_secret_value())
        case _:
            raise SystemExit("usage: python -m services.provider api|bus|migrate")


if __name__ == "__main__":
    main(sys.argv[1:])
