"""RepresentativeService: who acts for clients."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id
from services.chassis.values import id_of
from services.chassis.vault import Vault
from services.chassis.words import word
from services.client.api.acting import require_own_client, require_self
from services.client.operations.representatives.add_representative import add_representative
from services.client.operations.representatives.end_representative import end_representative
from services.client.operations.representatives.representation import acts_for
from services.client.views import representatives as views
from services.client.wire import representatives as wire
from services.client.wire.values import day_of
from services.kernel.care import Sector
from sote.client.v1 import representative_pb2
from sote.client.v1 import representative_service_pb2 as pb
from sote.client.v1.representative_service_pb2_grpc import RepresentativeServiceServicer
from sote.type.v1 import care_pb2


class RepresentativeApi(RepresentativeServiceServicer):
    """Serves RepresentativeService."""

    def __init__(self, door: Door, vault: Vault) -> None:
        self._door = door
        self._vault = vault

    @writes
    def AddRepresentative(
        self, request: pb.AddRepresentativeRequest, call: Call, session: Session
    ) -> representative_pb2.Representative:
        person = wire.person_from(request)
        added = add_representative(
            session,
            client_id=UUID(request.client_id),
            kind=wire.kind_from(request.kind),
            matters=wire.matters_from(request.matters),
            representative_client_id=id_of(request.representative_client_id),
            person=person,
            from_date=day_of(request, "from_date"),
            to_date=day_of(request, "to_date"),
            vault=self._vault,
            caller=call.caller,
            now=call.now,
            new_id=call.new_id(),
        )
        return wire.representative(added, person)

    @writes
    def EndRepresentative(
        self, request: pb.EndRepresentativeRequest, call: Call, session: Session
    ) -> representative_pb2.Representative:
        ended = end_representative(
            session,
            representative_id=resource_id(request.name, "representatives"),
            etag=request.etag,
            now=call.now,
        )
        return wire.representative(ended)

    @reads
    def CheckRepresentation(
        self, request: pb.CheckRepresentationRequest, call: Call, session: Session
    ) -> pb.CheckRepresentationResponse:
        representative = request.representative_client_id
        require_self(call, UUID(representative))
        permitted = acts_for(
            session,
            representative,
            UUID(request.client_id),
            sector=word(Sector, care_pb2.Sector, request.sector) if request.sector else None,
            today=helsinki_date(call.now),
        )
        return pb.CheckRepresentationResponse(permitted=permitted)

    @reads
    def ListRepresentatives(
        self, request: pb.ListRepresentativesRequest, call: Call, session: Session
    ) -> pb.ListRepresentativesResponse:
        require_own_client(session, call, UUID(request.client_id))
        return views.list_representatives(session, self._vault, request)
