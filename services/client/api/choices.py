"""DirectChoiceService and ChoiceOptionService: direct choices, and what a client can choose."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id
from services.client.api.acting import require_own_client
from services.client.domain.rules import Rules
from services.client.operations.choices.choose_direct import choose_direct
from services.client.views import choices as views
from services.client.wire import choices as wire
from sote.client.v1 import choice_option_service_pb2 as options_pb
from sote.client.v1 import choice_pb2
from sote.client.v1 import direct_choice_service_pb2 as pb
from sote.client.v1.choice_option_service_pb2_grpc import ChoiceOptionServiceServicer
from sote.client.v1.direct_choice_service_pb2_grpc import DirectChoiceServiceServicer


class DirectChoiceApi(DirectChoiceServiceServicer):
    """Serves DirectChoiceService."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules

    @writes
    def ChooseDirect(self, request: pb.ChooseDirectRequest, call: Call, session: Session) -> choice_pb2.DirectChoice:
        chosen = choose_direct(
            session,
            client_id=resource_id(request.name, "clients"),
            kind=wire.choice_kind_from(request.kind),
            unit_id=UUID(request.unit_id),
            etag=request.etag,
            rules=self._rules,
            caller=call.caller,
            now=call.now,
            new_id=call.new_id,
        )
        return wire.direct_choice(chosen)

    @reads
    def GetDirectChoice(
        self, request: pb.GetDirectChoiceRequest, call: Call, session: Session
    ) -> choice_pb2.DirectChoice:
        return views.get_direct_choice(session, request.name)

    @reads
    def ListDirectChoices(
        self, request: pb.ListDirectChoicesRequest, call: Call, session: Session
    ) -> pb.ListDirectChoicesResponse:
        return views.list_direct_choices(session, request)


class ChoiceOptionApi(ChoiceOptionServiceServicer):
    """Serves ChoiceOptionService."""

    def __init__(self, door: Door) -> None:
        self._door = door

    @reads
    def ListChoiceOptions(
        self, request: options_pb.ListChoiceOptionsRequest, call: Call, session: Session
    ) -> options_pb.ListChoiceOptionsResponse:
        client_id = UUID(request.client_id)
        require_own_client(session, call, client_id)
        kind = wire.choice_kind_from(request.kind)
        return views.list_choice_options(session, client_id, kind, helsinki_date(call.now))
