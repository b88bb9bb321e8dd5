"""The gRPC methods of this service; each gives its request to one operation or view through the door."""

from services.chassis.door import Door
from services.chassis.grpc_server import Servicers
from services.provider.api.adherence import AdherenceApi
from services.provider.api.catalogue import ServiceCatalogueApi
from services.provider.api.centres import CentreApi
from services.provider.api.clauses import ClauseApi
from services.provider.api.conditions import ConditionApi
from services.provider.api.contract_lifecycle import ContractLifecycleMethods
from services.provider.api.contracts import ContractMethods
from services.provider.api.providers import ProviderApi
from services.provider.api.refusals import CONSTRAINTS, REFUSALS
from services.provider.api.sanctions import SanctionApi
from services.provider.domain.rules import Rules
from sote.provider.v1.adherence_service_pb2_grpc import add_AdherenceServiceServicer_to_server
from sote.provider.v1.centre_service_pb2_grpc import add_CentreServiceServicer_to_server
from sote.provider.v1.clause_service_pb2_grpc import add_ClauseServiceServicer_to_server
from sote.provider.v1.condition_service_pb2_grpc import add_ConditionServiceServicer_to_server
from sote.provider.v1.contract_service_pb2_grpc import add_ContractServiceServicer_to_server
from sote.provider.v1.provider_service_pb2_grpc import add_ProviderServiceServicer_to_server
from sote.provider.v1.sanction_service_pb2_grpc import add_SanctionServiceServicer_to_server
from sote.provider.v1.service_catalogue_service_pb2_grpc import add_ServiceCatalogueServiceServicer_to_server

__all__ = ["CONSTRAINTS", "REFUSALS", "SERVICES", "servicers"]

NAMES = ("Provider", "ServiceCatalogue", "Condition", "Contract", "Sanction", "Adherence", "Centre", "Clause")
SERVICES = [f"sote.provider.v1.{name}Service" for name in NAMES]


class ContractApi(ContractMethods, ContractLifecycleMethods):
    """Serves ContractService."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules


def servicers(door: Door, rules: Rules) -> Servicers:
    """How each service is put on a server, and who answers it."""
    return [
        (add_ProviderServiceServicer_to_server, ProviderApi(door)),
        (add_ServiceCatalogueServiceServicer_to_server, ServiceCatalogueApi(door)),
        (add_ConditionServiceServicer_to_server, ConditionApi(door)),
        (add_ContractServiceServicer_to_server, ContractApi(door, rules)),
        (add_SanctionServiceServicer_to_server, SanctionApi(door, rules)),
        (add_AdherenceServiceServicer_to_server, AdherenceApi(door)),
        (add_CentreServiceServicer_to_server, CentreApi(door)),
        (add_ClauseServiceServicer_to_server, ClauseApi(door)),
    ]
