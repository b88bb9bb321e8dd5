"""The gRPC services of this api; each method gives its request to one operation or view through the door."""

from services.chassis.door import Door
from services.chassis.grpc_server import Servicers
from services.chassis.vault import Vault
from services.client.api.assessments import AssessmentApi
from services.client.api.choices import ChoiceOptionApi, DirectChoiceApi
from services.client.api.clients import ClientApi
from services.client.api.consents import ConsentApi
from services.client.api.contacts import ContactApi
from services.client.api.coverage import CoverageApi
from services.client.api.deadlines import DeadlineApi
from services.client.api.decisions import DecisionApi
from services.client.api.guidance import GuidanceApi
from services.client.api.non_disclosure import NonDisclosureApi
from services.client.api.refusals import CONSTRAINTS, REFUSALS
from services.client.api.relationships import RelationshipApi
from services.client.api.representatives import RepresentativeApi
from services.client.api.teams import TeamApi
from services.client.domain.rules import Rules
from sote.client.v1.assessment_service_pb2_grpc import add_AssessmentServiceServicer_to_server
from sote.client.v1.choice_option_service_pb2_grpc import add_ChoiceOptionServiceServicer_to_server
from sote.client.v1.client_service_pb2_grpc import add_ClientServiceServicer_to_server
from sote.client.v1.consent_service_pb2_grpc import add_ConsentServiceServicer_to_server
from sote.client.v1.contact_service_pb2_grpc import add_ContactServiceServicer_to_server
from sote.client.v1.coverage_service_pb2_grpc import add_CoverageServiceServicer_to_server
from sote.client.v1.deadline_service_pb2_grpc import add_DeadlineServiceServicer_to_server
from sote.client.v1.decision_service_pb2_grpc import add_DecisionServiceServicer_to_server
from sote.client.v1.direct_choice_service_pb2_grpc import add_DirectChoiceServiceServicer_to_server
from sote.client.v1.guidance_service_pb2_grpc import add_GuidanceServiceServicer_to_server
from sote.client.v1.non_disclosure_service_pb2_grpc import add_NonDisclosureServiceServicer_to_server
from sote.client.v1.relationship_service_pb2_grpc import add_RelationshipServiceServicer_to_server
from sote.client.v1.representative_service_pb2_grpc import add_RepresentativeServiceServicer_to_server
from sote.client.v1.team_service_pb2_grpc import add_TeamServiceServicer_to_server

__all__ = ["CONSTRAINTS", "REFUSALS", "SERVICES", "servicers"]

NOUNS = (
    "Assessment",
    "ChoiceOption",
    "Client",
    "Consent",
    "Contact",
    "Coverage",
    "Deadline",
    "Decision",
    "DirectChoice",
    "Guidance",
    "NonDisclosure",
    "Relationship",
    "Representative",
    "Team",
)
SERVICES = [f"sote.client.v1.{noun}Service" for noun in NOUNS]


def servicers(door: Door, rules: Rules, vault: Vault) -> Servicers:
    """How each is added to a server, and what serves it."""
    return [
        (add_AssessmentServiceServicer_to_server, AssessmentApi(door, rules)),
        (add_ChoiceOptionServiceServicer_to_server, ChoiceOptionApi(door)),
        (add_ClientServiceServicer_to_server, ClientApi(door, rules, vault)),
        (add_ConsentServiceServicer_to_server, ConsentApi(door, rules)),
        (add_ContactServiceServicer_to_server, ContactApi(door, rules)),
        (add_CoverageServiceServicer_to_server, CoverageApi(door, rules)),
        (add_DeadlineServiceServicer_to_server, DeadlineApi(door)),
        (add_DecisionServiceServicer_to_server, DecisionApi(door, rules)),
        (add_DirectChoiceServiceServicer_to_server, DirectChoiceApi(door, rules)),
        (add_GuidanceServiceServicer_to_server, GuidanceApi(door)),
        (add_NonDisclosureServiceServicer_to_server, NonDisclosureApi(door)),
        (add_RelationshipServiceServicer_to_server, RelationshipApi(door)),
        (add_RepresentativeServiceServicer_to_server, RepresentativeApi(door, vault)),
        (add_TeamServiceServicer_to_server, TeamApi(door)),
    ]
