"""RerouteService: each method turns the request into one operation or one question."""

from typing import Any

from services.careplan.api.arguments import of_plan
from services.careplan.domain.rules import Rules
from services.careplan.domain.searches.reroute_case import RerouteCause
from services.careplan.operations.searches.start_reroute import start_reroute
from services.careplan.operations.searches.take_over_case import Arranged, take_over_case
from services.careplan.views.searches import get_reroute_case, list_reroute_cases
from services.careplan.wire.searches import reroute_case as resource
from services.chassis.door import Door
from services.chassis.names import resource_id, uuid_of
from services.chassis.values import day_of, id_of
from services.chassis.words import word
from services.kernel.care import Arrangement
from sote.careplan.v1 import reroute_pb2
from sote.careplan.v1 import reroute_service_pb2 as rpc
from sote.careplan.v1.reroute_pb2 import RerouteCase
from sote.careplan.v1.reroute_service_pb2_grpc import RerouteServiceServicer
from sote.type.v1 import care_pb2


class RerouteApi(RerouteServiceServicer):
    """The api of searches for another provider (processes C and E)."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules

    def GetRerouteCase(self, request: rpc.GetRerouteCaseRequest, context: Any) -> RerouteCase:
        """A case."""
        case_id = resource_id(request.name, "rerouteCases")
        return self._door.read(request, context, lambda s, c: get_reroute_case(s, case_id, c.caller))

    def ListRerouteCases(self, request: rpc.ListRerouteCasesRequest, context: Any) -> rpc.ListRerouteCasesResponse:
        """C5, PROCESS-C7."""
        return self._door.read(request, context, lambda s, c: list_reroute_cases(s, request, c.caller))

    def StartReroute(self, request: rpc.StartRerouteRequest, context: Any) -> RerouteCase:
        """Saga E."""
        told = of_plan(request) | {
            "plan_service_id": uuid_of(request.plan_service_id, "plan_service_id"),
            "cause": word(RerouteCause, reroute_pb2.RerouteCaseCause, request.cause, "cause"),
            "cut_off": day_of(request.cut_off_date, "cut_off_date") if request.HasField("cut_off_date") else None,
            "rules": self._rules,
        }
        return self._door.write(
            request,
            context,
            lambda s, c: resource(start_reroute(s, **told, caller=c.caller, now=c.now, new_id=c.new_id)),
        )

    def TakeOverRerouteCase(self, request: rpc.TakeOverRerouteCaseRequest, context: Any) -> RerouteCase:
        """C7, PROCESS-A7."""
        arranged = Arranged(
            word(Arrangement, care_pb2.Arrangement, request.arrangement, "arrangement"),
            id_of(request.provider_id, "provider_id"),
            id_of(request.unit_id, "unit_id"),
        )
        case_id, etag = resource_id(request.name, "rerouteCases"), request.etag
        return self._door.write(
            request,
            context,
            lambda s, c: resource(
                take_over_case(
                    s,
                    case_id=case_id,
                    etag=etag,
                    arranged=arranged,
                    rules=self._rules,
                    caller=c.caller,
                    now=c.now,
                    new_id=c.new_id,
                )
            ),
        )
