"""RelationshipService: why organisations may read a client."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.door import Call, Door, reads
from services.client.api.acting import require_own_client, require_own_organisation
from services.client.views import relationships as views
from sote.client.v1 import relationship_service_pb2 as pb
from sote.client.v1.relationship_service_pb2_grpc import RelationshipServiceServicer


class RelationshipApi(RelationshipServiceServicer):
    """Serves RelationshipService."""

    def __init__(self, door: Door) -> None:
        self._door = door

    @reads
    def ListRelationships(
        self, request: pb.ListRelationshipsRequest, call: Call, session: Session
    ) -> pb.ListRelationshipsResponse:
        require_own_client(session, call, UUID(request.client_id))
        return views.list_relationships(session, request)

    @reads
    def CheckRelationship(
        self, request: pb.CheckRelationshipRequest, call: Call, session: Session
    ) -> pb.CheckRelationshipResponse:
        require_own_organisation(call, request.organisation_id)
        return views.check_relationship(session, request, today=helsinki_date(call.now))
