"""Who gets what: `python -m services.careplan api|bus|migrate`."""

import sys
from functools import partial
from typing import TYPE_CHECKING

from services.careplan.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from services.chassis.clock import Clock
    from services.chassis.grpc_server import Api

SERVICE = "careplan"
SERVICES = ("Careplan", "OperatorTransfer", "Chain", "Deviation", "Goal", "Deadline")


def _answers(engine: "Engine") -> bool:
    """Whether the database answers."""
    with engine.connect() as connection:
        return bool(connection.exec_driver_sql("select 1").scalar_one())


def build_api(settings: Settings, clock: "Clock") -> "Api":
    """The api process: servicer, policy, refusals, readiness."""
    from services.careplan.api.chains import ChainApi
    from services.careplan.api.deadlines import DeadlineApi
    from services.careplan.api.deviations import DeviationApi
    from services.careplan.api.goals import GoalApi
    from services.careplan.api.refusals import CONSTRAINTS, REFUSALS
    from services.careplan.api.servicer import CareplanApi
    from services.careplan.api.transfers import OperatorTransferApi
    from services.chassis.database import engine_from, sessions_from
    from services.chassis.door import Door
    from services.chassis.grpc_server import Api
    from services.chassis.policy import Policy
    from sote.careplan.v1.careplan_service_pb2_grpc import add_CareplanServiceServicer_to_server
    from sote.careplan.v1.chain_service_pb2_grpc import add_ChainServiceServicer_to_server
    from sote.careplan.v1.deadline_service_pb2_grpc import add_DeadlineServiceServicer_to_server
    from sote.careplan.v1.deviation_service_pb2_grpc import add_DeviationServiceServicer_to_server
    from sote.careplan.v1.goal_service_pb2_grpc import add_GoalServiceServicer_to_server
    from sote.careplan.v1.operator_transfer_service_pb2_grpc import add_OperatorTransferServiceServicer_to_server

    engine = engine_from(settings.database_url, pool_size=settings.threads + 2)
    policy = Policy([f"sote.careplan.v1.{name}Service" for name in SERVICES], county=settings.county)
    door = Door(sessions=sessions_from(engine), clock=clock, policy=policy)

    return Api(
        service=SERVICE,
        servicers=[
            (add_CareplanServiceServicer_to_server, CareplanApi(door, settings.rules())),
            (add_OperatorTransferServiceServicer_to_server, OperatorTransferApi(door, settings.rules())),
            (add_ChainServiceServicer_to_server, ChainApi(door, settings.rules())),
            (add_DeviationServiceServicer_to_server, DeviationApi(door)),
            (add_DeadlineServiceServicer_to_server, DeadlineApi(door)),
            (add_GoalServiceServicer_to_server, GoalApi(door)),
        ],
        policy=policy,
        refusals=REFUSALS,
        constraints=CONSTRAINTS,
        ready=partial(_answers, engine),
        close=engine.dispose,
    )


def main(command: str) -> None:
    """Run one process of the service."""
    settings = Settings()
    if command == "migrate":
        from services.chassis.migrations import migrate

        migrate("services.careplan", settings.database_url)
    elif command == "api":
        from services.chassis.clock import clock_from
        from services.chassis.grpc_server import serve

        serve(build_api(settings, clock_from(settings.clock_file)), settings)
    elif command == "bus":
        from services.chassis.green import green_or_again

        green_or_again()
        from services.careplan.bus import CareplanBus
        from services.chassis.bus import run_bus

        run_bus(CareplanBus, service=SERVICE, settings=settings, rules=settings.rules())
    else:
        raise SystemExit("usage: python -m services.careplan api|bus|migrate")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
