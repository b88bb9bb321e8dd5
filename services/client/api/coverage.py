"""CoverageService: where the county's teams are."""

from services.chassis.clock import helsinki_date
from services.chassis.door import Door
from services.client.api.base import Context
from services.client.domain.rules import Rules
from services.client.views.coverage import get_coverage
from sote.client.v1 import coverage_service_pb2 as pb
from sote.client.v1.coverage_service_pb2_grpc import CoverageServiceServicer


class CoverageApi(CoverageServiceServicer):
    """Serves CoverageService."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules

    def GetCoverage(self, request: pb.GetCoverageRequest, context: Context) -> pb.Coverage:
        """S1.15."""
        return self._door.read(
            request,
            context,
            lambda session, call: get_coverage(session, self._rules.municipalities, helsinki_date(call.now)),
        )
