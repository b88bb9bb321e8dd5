"""Which gRPC services this api serves; each stands on the door and what else it needs."""

from services.chassis.door import Door
from services.chassis.grpc_server import Servicers
from services.chassis.vault import Vault
from services.client.api import ClientApi
from services.client.api.consents import ConsentApi
from services.client.api.coverage import CoverageApi
from services.client.api.deadlines import DeadlineApi
from services.client.api.decisions import DecisionApi
from services.client.api.non_disclosure import NonDisclosureApi
from services.client.api.options import ChoiceOptionApi
from services.client.api.relationships import RelationshipApi
from services.client.api.representatives import RepresentativeApi
from services.client.domain.rules import Rules
from sote.client.v1 import choice_option_service_pb2_grpc as choice_option
from sote.client.v1 import client_service_pb2_grpc as client
from sote.client.v1 import consent_service_pb2_grpc as consent
from sote.client.v1 import coverage_service_pb2_grpc as coverage
from sote.client.v1 import deadline_service_pb2_grpc as deadline
from sote.client.v1 import decision_service_pb2_grpc as decision
from sote.client.v1 import non_disclosure_service_pb2_grpc as non_disclosure
from sote.client.v1 import relationship_service_pb2_grpc as relationship
from sote.client.v1 import representative_service_pb2_grpc as representative

NAMES = (
    "ChoiceOption",
    "Client",
    "Consent",
    "Coverage",
    "Deadline",
    "Decision",
    "NonDisclosure",
    "Relationship",
    "Representative",
)
SERVICES = [f"sote.client.v1.{name}Service" for name in NAMES]


def servicers(door: Door, rules: Rules, vault: Vault) -> Servicers:
    """How each is added to a server, and what serves it."""
    return [
        (choice_option.add_ChoiceOptionServiceServicer_to_server, ChoiceOptionApi(door)),
        (client.add_ClientServiceServicer_to_server, ClientApi(door, rules, vault)),
        (consent.add_ConsentServiceServicer_to_server, ConsentApi(door, rules)),
        (coverage.add_CoverageServiceServicer_to_server, CoverageApi(door, rules)),
        (deadline.add_DeadlineServiceServicer_to_server, DeadlineApi(door)),
        (decision.add_DecisionServiceServicer_to_server, DecisionApi(door, rules)),
        (non_disclosure.add_NonDisclosureServiceServicer_to_server, NonDisclosureApi(door)),
        (relationship.add_RelationshipServiceServicer_to_server, RelationshipApi(door)),
        (representative.add_RepresentativeServiceServicer_to_server, RepresentativeApi(door, vault)),
    ]
