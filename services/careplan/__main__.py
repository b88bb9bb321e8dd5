"""Who gets what in a process of this service: `python -m services.careplan api|bus|migrate`."""

from functools import partial
from typing import TYPE_CHECKING

from services.careplan.settings import Settings
from services.chassis.clock import Clock
from services.chassis.process import api_over_database, run

if TYPE_CHECKING:
    from services.careplan.domain.plan_versions.publication import Archive
    from services.chassis.grpc_server import Api

SERVICE = "careplan"


def build_api(settings: Settings, clock: Clock) -> "Api":
    """The api over the service's database."""
    from services.careplan.api import SERVICES, servicers
    from services.careplan.api.gate import GATE
    from services.careplan.api.refusals import CONSTRAINTS, REFUSALS
    from services.chassis.door import Door

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


def work(settings: Settings) -> None:
    """Run the bus process."""
    from services.careplan.bus import CareplanBus
    from services.chassis.bus import run_bus

    archive = build_archive(settings)
    run_bus(CareplanBus, service=SERVICE, settings=settings, rules=settings.rules(), archive=archive)


if __name__ == "__main__":
    run("services.careplan", Settings, api=build_api, bus=work)
