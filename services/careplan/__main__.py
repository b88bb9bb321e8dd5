"""Who gets what: `python -m services.careplan api|bus|migrate`."""

import sys
from functools import partial
from typing import TYPE_CHECKING

from services.careplan.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from services.careplan.domain.publication import Archive
    from services.chassis.clock import Clock
    from services.chassis.grpc_server import Api

SERVICE = "careplan"


def _answers(engine: "Engine") -> bool:
    """Whether the database answers."""
    with engine.connect() as connection:
        return bool(connection.exec_driver_sql("select 1").scalar_one())


def build_api(settings: Settings, clock: "Clock") -> "Api":
    """The api process: servicer, policy, refusals, readiness."""
    from services.careplan.api.refusals import CONSTRAINTS, REFUSALS
    from services.careplan.api.servicers import SERVICES, servicers
    from services.chassis.database import engine_from, sessions_from
    from services.chassis.door import Door
    from services.chassis.grpc_server import Api
    from services.chassis.policy import Policy

    engine = engine_from(settings.database_url.get_secret_value(), pool_size=settings.threads + 2)
    policy = Policy([f"sote.careplan.v1.{name}Service" for name in SERVICES], county=settings.county)
    door = Door(sessions=sessions_from(engine), clock=clock, policy=policy)

    return Api(
        service=SERVICE,
        servicers=servicers(door, settings.rules()),
        policy=policy,
        refusals=REFUSALS,
        constraints=CONSTRAINTS,
        ready=partial(_answers, engine),
        close=engine.dispose,
    )


def build_archive(settings: Settings) -> "Archive":
    """Where the versions of plans are published: the archive the settings name, else a table of this machine."""
    if not settings.archive_url:
        from services.careplan.peers.recorder import RecordingArchive
        from services.chassis.database import engine_from, sessions_from

        return RecordingArchive(sessions_from(engine_from(settings.database_url.get_secret_value(), pool_size=1)))
    from services.careplan.peers.archive import HttpArchive

    return HttpArchive(
        settings.archive_url,
        seconds=settings.archive_seconds,
        ca_file=settings.archive_ca_file,
        certificate_file=settings.archive_certificate_file,
        key_file=settings.archive_key_file,
    )


def main(command: str) -> None:
    """Run one process of the service."""
    settings = Settings.from_environment()
    if command == "migrate":
        from services.chassis.migrations import migrate

        migrate("services.careplan", settings.database_url.get_secret_value())
    elif command == "api":
        from services.chassis.clock import clock_from
        from services.chassis.grpc_server import serve

        serve(build_api(settings, clock_from(settings.clock_file)), settings)
    elif command == "bus":
        from services.chassis.green import green_or_again

        green_or_again()
        from services.careplan.bus import CareplanBus
        from services.chassis.bus import run_bus

        run_bus(
            CareplanBus,
            service=SERVICE,
            settings=settings,
            rules=settings.rules(),
            archive=build_archive(settings),
        )
    else:
        raise SystemExit("usage: python -m services.careplan api|bus|migrate")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
