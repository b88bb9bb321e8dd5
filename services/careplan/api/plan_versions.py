"""PublicationService: where the versions of plans are published."""

from sqlalchemy.orm import Session

from services.careplan.domain.rules import Rules
from services.careplan.views.plan_versions import list_publications
from services.chassis.door import Call, Door, reads
from sote.careplan.v1 import publication_service_pb2 as rpc
from sote.careplan.v1.publication_service_pb2_grpc import PublicationServiceServicer


class PublicationApi(PublicationServiceServicer):
    """The api of publications (S2.14)."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules

    @reads
    def ListPublications(
        self, request: rpc.ListPublicationsRequest, call: Call, session: Session
    ) -> rpc.ListPublicationsResponse:
        return list_publications(session, request, call.caller, self._rules)
