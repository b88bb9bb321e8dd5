"""GuidanceService: guidance, advice and support on freedom of choice."""

from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads, writes
from services.chassis.values import id_of
from services.client.operations.guidance.give_guidance import give_guidance
from services.client.views import guidance as views
from services.client.wire import guidance as wire
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
            advice=wire.advice_from(request),
            caller=call.caller,
            now=call.now,
            new_id=call.new_id,
        )
        return wire.guidance(given)

    @reads
    def GetGuidance(self, request: pb.GetGuidanceRequest, call: Call, session: Session) -> guidance_pb2.Guidance:
        return views.get_guidance(session, request.name)
