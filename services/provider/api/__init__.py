"""The gRPC methods of this service; each gives its request to one operation or view through the door."""

from services.chassis.door import Door
from services.chassis.grpc_server import Servicers
from services.provider.api.adherence import AdherenceApi
from services.provider.api.centres import CentreApi
from services.provider.api.clauses import ClauseApi
from services.provider.api.conditions import ConditionMethods
from services.provider.api.contract_lifecycle import ContractLifecycleMethods
from services.provider.api.contracts import ContractMethods
from services.provider.api.providers import ProviderMethods
from services.provider.api.refusals import CONSTRAINTS, REFUSALS
from services.provider.api.sanctions import SanctionMethods
from services.provider.domain.rules import Rules
from sote.provider.v1 import (
    adherence_service_pb2_grpc,
    centre_service_pb2_grpc,
    clause_service_pb2_grpc,
    provider_service_pb2_grpc,
)

__all__ = ["CONSTRAINTS", "REFUSALS", "SERVICES", "servicers"]

SERVICES = [f"sote.provider.v1.{name}Service" for name in ("Provider", "Adherence", "Centre", "Clause")]


class ProviderApi(ProviderMethods, ConditionMethods, ContractMethods, ContractLifecycleMethods, SanctionMethods):
    """Serves ProviderService."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules


def servicers(door: Door, rules: Rules) -> Servicers:
    """How each service is put on a server, and who answers it."""
    return [
        (provider_service_pb2_grpc.add_ProviderServiceServicer_to_server, ProviderApi(door, rules)),
        (adherence_service_pb2_grpc.add_AdherenceServiceServicer_to_server, AdherenceApi(door)),
        (centre_service_pb2_grpc.add_CentreServiceServicer_to_server, CentreApi(door)),
        (clause_service_pb2_grpc.add_ClauseServiceServicer_to_server, ClauseApi(door)),
    ]
