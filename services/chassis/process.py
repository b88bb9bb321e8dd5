"""How a service's `__main__` runs one of its processes: `python -m services.voucher api|bus|migrate`.

What belongs to one kind of process alone is imported when that kind runs: grpc must not be in a bus process, nor
nameko in an api process. The settings are read first of all, so that a wrong one is reported before anything starts.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from services.chassis.clock import Clock, clock_from
from services.chassis.settings import ProcessSettings

if TYPE_CHECKING:
    import grpc

    from services.chassis.door import Door
    from services.chassis.grpc_aio import AioApi
    from services.chassis.grpc_server import Api, Servicers

Settings = TypeVar("Settings", bound=ProcessSettings)


def run(
    package: str,
    settings: type[Settings],
    *,
    api: "Callable[[Settings, Clock], Api | AioApi]",
    bus: Callable[[Settings], None],
) -> None:
    """Run the process that the command line names, of the service in `package` ("services.voucher").

    `api` describes the api, `bus` runs the bus process (`run_bus`), which is green by then.
    """
    match sys.argv[1:]:
        case ["api"]:
            given = settings.from_environment()
            _serve(api(given, clock_from(given.clock_file)), given)
        case ["bus"]:
            from services.chassis.green import green_or_again

            green_or_again()
            bus(settings.from_environment())
        case ["migrate"]:
            from services.chassis.migrations import migrate

            migrate(package, settings.from_environment().database_url.get_secret_value())
        case _:
            raise SystemExit(f"usage: python -m {package} api|bus|migrate")


def api_over_database(
    service: str,
    settings: ProcessSettings,
    clock: Clock,
    *,
    services: Sequence[str],
    servicers: "Callable[[Door], Servicers]",
    refusals: "Mapping[type[Exception], grpc.StatusCode]",
    constraints: Mapping[str, Callable[[], Exception]],
    door: "Callable[..., Door] | None" = None,
) -> "Api":
    """The api of a service that stands on its database: `servicers` of these full names, behind one door.

    `door` makes it where it is not a plain one (`partial(Door, gate=GATE)`). The process is ready while the database
    answers.
    """
    from services.chassis.database import answers, engine_from, sessions_from
    from services.chassis.door import Door
    from services.chassis.grpc_server import Api
    from services.chassis.policy import Policy

    engine = engine_from(settings.database_url.get_secret_value(), pool_size=settings.threads + 2)
    policy = Policy(services, county=settings.county)
    made = (door or Door)(sessions=sessions_from(engine), clock=clock, policy=policy)
    return Api(
        service=service,
        servicers=servicers(made),
        policy=policy,
        refusals=refusals,
        ready=lambda: answers(engine),
        constraints=constraints,
        close=engine.dispose,
    )


def _serve(api: "Api | AioApi", settings: ProcessSettings) -> None:
    from services.chassis import grpc_aio, grpc_server

    if isinstance(api, grpc_server.Api):
        grpc_server.serve(api, settings)
    else:
        grpc_aio.serve_aio(api, settings)
