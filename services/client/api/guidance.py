"""GuidanceService: guidance, advice and support on freedom of choice."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads, writes
from services.chassis.values import id_of
from services.client.operations.guidance.give_guidance import give_guidance
from services.client.views import guidance as views
from services.client.wire import guidance as wire
from services.client.wire.choices import choice_kind_from
from services.client.wire.contacts import channel_from
from sote.client.v1 import guidance_pb2
from sote.client.v1 import guidance_service_pb2 as pb
from sote.client.v1.guidance_service_pb2_grpc import GuidanceServiceServicer


class GuidanceApi(GuidanceServiceServicer):
    """Serves GuidanceService."""

    def __init__(self, door: Door) -> None:
        self._door = door

    @writes
    def GiveGuidance(self, request: pb.GiveGuidanceRequest, call: Call, session: Session) -> guidance_pb2.Guidance:
        given = give_guidance(
            session,
            client_id=id_of(request.client_id),
            kind=wire.guidance_kind_from(request.kind),
            voucher_id=id_of(request.voucher_id),
            choice_kind=choice_kind_from(request.choice_kind) if request.choice_kind else None,
            option_provider_ids=tuple(UUID(option) for option in request.option_provider_ids),
            list_digest=request.list_digest,
            unit_id=id_of(request.unit_id),
            channel=channel_from(request.channel),
            topic=request.topic,
            language=wire.language_from(request.language),
            client_understood=request.client_understood,
            caller=call.caller,
            now=call.now,
            new_id=call.new_id,
        )
        return wire.guidance(given)

    @reads
    def GetGuidance(self, request: pb.GetGuidanceRequest, call: Call, session: Session) -> guidance_pb2.Guidance:
        return views.get_guidance(session, request.name)
