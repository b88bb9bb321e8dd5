"""ChoiceOptionService: what a client can choose directly."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.door import Call, Door
from services.client.api.acting import own_client
from services.client.api.base import Context
from services.client.views.options import list_options
from services.client.wire.choices import choice_kind_of
from sote.client.v1 import choice_option_service_pb2 as pb
from sote.client.v1.choice_option_service_pb2_grpc import ChoiceOptionServiceServicer


class ChoiceOptionApi(ChoiceOptionServiceServicer):
    """Serves ChoiceOptionService."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def ListChoiceOptions(self, request: pb.ListChoiceOptionsRequest, context: Context) -> pb.ListChoiceOptionsResponse:
        """INV-23."""
        client_id, kind = UUID(request.client_id), choice_kind_of(request.kind)

        def ask(session: Session, call: Call) -> pb.ListChoiceOptionsResponse:
            own_client(session, call, client_id)
            return list_options(session, client_id, kind, helsinki_date(call.now))

        return self._door.read(request, context, ask)
