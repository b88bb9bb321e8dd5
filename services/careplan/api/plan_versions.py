"""PublicationService: where the versions of plans are published."""

from typing import Any

from services.careplan.domain.rules import Rules
from services.careplan.views.plan_versions import list_publications
from services.chassis.door import Door
from sote.careplan.v1 import publication_service_pb2 as rpc
from sote.careplan.v1.publication_service_pb2_grpc import PublicationServiceServicer


class PublicationApi(PublicationServiceServicer):
    """The api of publications (S2.14)."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules

    def ListPublications(self, request: rpc.ListPublicationsRequest, context: Any) -> rpc.ListPublicationsResponse:
        """The publications of every plan."""
        return self._door.read(request, context, lambda s, c: list_publications(s, request, c.caller, self._rules))
