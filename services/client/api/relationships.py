"""The methods of RelationshipService."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.door import Call, Door
from services.client.api.acting import own_client, own_organisation
from services.client.api.base import Context
from services.client.views import relationships as views
from sote.client.v1 import relationship_service_pb2 as pb
from sote.client.v1.relationship_service_pb2_grpc import RelationshipServiceServicer


class RelationshipApi(RelationshipServiceServicer):
    """Serves RelationshipService."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def ListRelationships(self, request: pb.ListRelationshipsRequest, context: Context) -> pb.ListRelationshipsResponse:
        """A client's relationships."""

        def act(session: Session, call: Call) -> pb.ListRelationshipsResponse:
            own_client(session, call, UUID(request.client_id))
            return views.list_relationships(session, request)

        return self._door.read(request, context, act)

    def CheckRelationship(self, request: pb.CheckRelationshipRequest, context: Context) -> pb.CheckRelationshipResponse:
        """Whether an organisation may read a client."""

        def act(session: Session, call: Call) -> pb.CheckRelationshipResponse:
            own_organisation(call, request.organisation_id)
            return views.check_relationship(session, request, today=helsinki_date(call.now))

        return self._door.read(request, context, act)
