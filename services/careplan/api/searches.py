"""RerouteService: another provider is sought for a service that lost its own."""

from sqlalchemy.orm import Session

from services.careplan.api.plans import PLANS
from services.careplan.domain.rules import Rules
from services.careplan.domain.searches.reroute_case import RerouteCause
from services.careplan.operations.searches.start_reroute import start_reroute
from services.careplan.operations.searches.take_over_case import Arranged, take_over_case
from services.careplan.views.searches import get_reroute_case, list_reroute_cases
from services.careplan.wire.searches import reroute_case as resource
from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id, uuid_of
from services.chassis.values import day_of, id_of
from services.chassis.words import word
from services.kernel.care import Arrangement
from sote.careplan.v1 import reroute_pb2
from sote.careplan.v1 import reroute_service_pb2 as rpc
from sote.careplan.v1.reroute_service_pb2_grpc import RerouteServiceServicer
from sote.type.v1 import care_pb2

REROUTE_CASES = "rerouteCases"


class RerouteApi(RerouteServiceServicer):
    """The api of searches for another provider (processes C and E)."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules

    @reads
    def GetRerouteCase(
        self, request: rpc.GetRerouteCaseRequest, call: Call, session: Session
    ) -> reroute_pb2.RerouteCase:
        return get_reroute_case(session, resource_id(request.name, REROUTE_CASES), call.caller)

    @reads
    def ListRerouteCases(
        self, request: rpc.ListRerouteCasesRequest, call: Call, session: Session
    ) -> rpc.ListRerouteCasesResponse:
        return list_reroute_cases(session, request, call.caller)

    @writes
    def StartReroute(self, request: rpc.StartRerouteRequest, call: Call, session: Session) -> reroute_pb2.RerouteCase:
        case = start_reroute(
            session,
            plan_id=resource_id(request.name, PLANS),
            etag=request.etag,
            plan_service_id=uuid_of(request.plan_service_id, "plan_service_id"),
            cause=word(RerouteCause, reroute_pb2.RerouteCaseCause, request.cause, "cause"),
            cut_off=day_of(request.cut_off_date, "cut_off_date") if request.HasField("cut_off_date") else None,
            rules=self._rules,
            caller=call.caller,
            now=call.now,
            new_id=call.new_id,
        )
        return resource(case)

    @writes
    def TakeOverRerouteCase(
        self, request: rpc.TakeOverRerouteCaseRequest, call: Call, session: Session
    ) -> reroute_pb2.RerouteCase:
        case = take_over_case(
            session,
            case_id=resource_id(request.name, REROUTE_CASES),
            etag=request.etag,
            arranged=Arranged(
                word(Arrangement, care_pb2.Arrangement, request.arrangement, "arrangement"),
                id_of(request.provider_id, "provider_id"),
                id_of(request.unit_id, "unit_id"),
            ),
            rules=self._rules,
            caller=call.caller,
            now=call.now,
            new_id=call.new_id,
        )
        return resource(case)
