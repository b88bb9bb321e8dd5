"""RepresentativeService: who stands for clients."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.door import Call, Door
from services.chassis.names import resource_id
from services.chassis.vault import Vault
from services.chassis.words import word
from services.client.api.acting import own_client, own_self
from services.client.api.base import Context
from services.client.operations.representatives.add_representative import add_representative
from services.client.operations.representatives.end_representative import end_representative
from services.client.operations.representatives.representation import acts_for
from services.client.views import representatives as views
from services.client.wire.representatives import adding, representative
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

    def AddRepresentative(
        self, request: pb.AddRepresentativeRequest, context: Context
    ) -> representative_pb2.Representative:
        """2.8.1."""
        told = adding(request)
        return self._door.write(
            request,
            context,
            lambda session, call: representative(
                add_representative(
                    session, **told, vault=self._vault, caller=call.caller, now=call.now, new_id=call.new_id()
                ),
                told["person"],
            ),
        )

    def EndRepresentative(
        self, request: pb.EndRepresentativeRequest, context: Context
    ) -> representative_pb2.Representative:
        """2.8.1."""
        uid = resource_id(request.name, "representatives")
        return self._door.write(
            request,
            context,
            lambda session, call: representative(
                end_representative(session, representative_id=uid, etag=request.etag, now=call.now)
            ),
        )

    def CheckRepresentation(
        self, request: pb.CheckRepresentationRequest, context: Context
    ) -> pb.CheckRepresentationResponse:
        """Whether one client may act for another."""
        sector = word(Sector, care_pb2.Sector, request.sector) if request.sector else None
        representative_id, client_id = request.representative_client_id, UUID(request.client_id)

        def act(session: Session, call: Call) -> pb.CheckRepresentationResponse:
            own_self(call, UUID(representative_id))
            today = helsinki_date(call.now)
            permitted = acts_for(session, representative_id, client_id, sector=sector, today=today)
            return pb.CheckRepresentationResponse(permitted=permitted)

        return self._door.read(request, context, act)

    def ListRepresentatives(
        self, request: pb.ListRepresentativesRequest, context: Context
    ) -> pb.ListRepresentativesResponse:
        """A client's representatives."""

        def act(session: Session, call: Call) -> pb.ListRepresentativesResponse:
            own_client(session, call, UUID(request.client_id))
            return views.list_representatives(session, self._vault, request)

        return self._door.read(request, context, act)
