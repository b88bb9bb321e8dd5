"""NonDisclosureService: orders that keep a client's whereabouts."""

from services.chassis.door import Door
from services.chassis.names import resource_id
from services.chassis.values import day_of
from services.client.api.base import Context
from services.client.operations.non_disclosure.end_non_disclosure import end_non_disclosure
from services.client.operations.non_disclosure.set_non_disclosure import set_non_disclosure
from services.client.wire.clients.client import client
from sote.client.v1 import client_pb2
from sote.client.v1 import non_disclosure_service_pb2 as pb
from sote.client.v1.non_disclosure_service_pb2_grpc import NonDisclosureServiceServicer


class NonDisclosureApi(NonDisclosureServiceServicer):
    """Serves NonDisclosureService."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def SetNonDisclosure(self, request: pb.SetNonDisclosureRequest, context: Context) -> client_pb2.Client:
        """C5."""
        uid, last = resource_id(request.name, "clients"), day_of(request.valid_to, "valid_to")
        return self._door.write(
            request,
            context,
            lambda session, call: client(
                set_non_disclosure(
                    session,
                    client_id=uid,
                    valid_to=last,
                    contact_address=request.contact_address,
                    safe_phone=request.safe_phone,
                    etag=request.etag,
                    now=call.now,
                )
            ),
        )

    def EndNonDisclosure(self, request: pb.EndNonDisclosureRequest, context: Context) -> client_pb2.Client:
        """C5."""
        uid = resource_id(request.name, "clients")
        return self._door.write(
            request,
            context,
            lambda session, call: client(end_non_disclosure(session, client_id=uid, etag=request.etag, now=call.now)),
        )
