"""The services of this api; each method gives its request to one operation or view through the door."""

from services.client.api.assessments import AssessmentMethods
from services.client.api.choices import ChoiceMethods
from services.client.api.clients import ClientMethods
from services.client.api.refusals import CONSTRAINTS, REFUSALS
from services.client.api.register import RegisterMethods
from services.client.api.teams import TeamMethods
from sote.client.v1 import client_service_pb2_grpc

__all__ = ["CONSTRAINTS", "REFUSALS", "ClientApi"]


class ClientApi(
    ClientMethods,
    RegisterMethods,
    ChoiceMethods,
    TeamMethods,
    AssessmentMethods,
    client_service_pb2_grpc.ClientServiceServicer,
):
    """Serves ClientService."""
