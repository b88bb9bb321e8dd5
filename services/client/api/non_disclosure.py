"""NonDisclosureService: orders that keep a client's whereabouts."""

from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, writes
from services.chassis.names import resource_id
from services.chassis.values import day_of
from services.client.operations.non_disclosure.end_non_disclosure import end_non_disclosure
from services.client.operations.non_disclosure.set_non_disclosure import set_non_disclosure
from services.client.wire.clients import client as wire
from sote.client.v1 import client_pb2
from sote.client.v1 import non_disclosure_service_pb2 as pb
from sote.client.v1.non_disclosure_service_pb2_grpc import NonDisclosureServiceServicer


class NonDisclosureApi(NonDisclosureServiceServicer):
    """Serves NonDisclosureService."""

    def __init__(self, door: Door) -> None:
        self._door = door

    @writes
    def SetNonDisclosure(self, request: pb.SetNonDisclosureRequest, call: Call, session: Session) -> client_pb2.Client:
        protected = set_non_disclosure(
            session,
            client_id=resource_id(request.name, "clients"),
            valid_to=day_of(request.valid_to, "valid_to"),
            contact_address=request.contact_address,
            safe_phone=request.safe_phone,
            etag=request.etag,
            now=call.now,
        )
        return wire.client(protected)

    @writes
    def EndNonDisclosure(self, request: pb.EndNonDisclosureRequest, call: Call, session: Session) -> client_pb2.Client:
        shown = end_non_disclosure(
            session, client_id=resource_id(request.name, "clients"), etag=request.etag, now=call.now
        )
        return wire.client(shown)
