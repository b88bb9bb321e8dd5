"""The gRPC services of care plans and who answers them; servicer methods of a few lines, and the table of refusals."""

from typing import Any

from services.careplan.api.chains import ChainApi
from services.careplan.api.deadlines import DeadlineApi
from services.careplan.api.deliveries import DeviationApi
from services.careplan.api.goals import GoalApi
from services.careplan.api.pauses import PauseApi
from services.careplan.api.plan_needs import PlanNeedApi
from services.careplan.api.plan_versions import PublicationApi
from services.careplan.api.plans import CareplanApi
from services.careplan.api.searches import RerouteApi
from services.careplan.api.transfers import OperatorTransferApi
from services.careplan.domain.rules import Rules
from services.chassis.door import Door
from sote.careplan.v1.careplan_service_pb2_grpc import add_CareplanServiceServicer_to_server
from sote.careplan.v1.chain_service_pb2_grpc import add_ChainServiceServicer_to_server
from sote.careplan.v1.deadline_service_pb2_grpc import add_DeadlineServiceServicer_to_server
from sote.careplan.v1.deviation_service_pb2_grpc import add_DeviationServiceServicer_to_server
from sote.careplan.v1.goal_service_pb2_grpc import add_GoalServiceServicer_to_server
from sote.careplan.v1.operator_transfer_service_pb2_grpc import add_OperatorTransferServiceServicer_to_server
from sote.careplan.v1.pause_service_pb2_grpc import add_PauseServiceServicer_to_server
from sote.careplan.v1.plan_need_service_pb2_grpc import add_PlanNeedServiceServicer_to_server
from sote.careplan.v1.publication_service_pb2_grpc import add_PublicationServiceServicer_to_server
from sote.careplan.v1.reroute_service_pb2_grpc import add_RerouteServiceServicer_to_server

SERVICES = tuple(
    f"sote.careplan.v1.{name}Service"
    for name in (
        "Careplan",
        "OperatorTransfer",
        "Chain",
        "Deviation",
        "Goal",
        "Deadline",
        "Publication",
        "PlanNeed",
        "Reroute",
        "Pause",
    )
)


def servicers(door: Door, rules: Rules) -> list[tuple[Any, Any]]:
    """How each service is put on a server, and who answers it."""
    return [
        (add_CareplanServiceServicer_to_server, CareplanApi(door, rules)),
        (add_OperatorTransferServiceServicer_to_server, OperatorTransferApi(door, rules)),
        (add_ChainServiceServicer_to_server, ChainApi(door, rules)),
        (add_DeviationServiceServicer_to_server, DeviationApi(door)),
        (add_GoalServiceServicer_to_server, GoalApi(door)),
        (add_DeadlineServiceServicer_to_server, DeadlineApi(door)),
        (add_PublicationServiceServicer_to_server, PublicationApi(door, rules)),
        (add_PlanNeedServiceServicer_to_server, PlanNeedApi(door)),
        (add_RerouteServiceServicer_to_server, RerouteApi(door, rules)),
        (add_PauseServiceServicer_to_server, PauseApi(door)),
    ]
