"""CoverageService: where the county's teams are."""

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.door import Call, Door, reads
from services.client.domain.rules import Rules
from services.client.views.coverage import get_coverage
from sote.client.v1 import coverage_service_pb2 as pb
from sote.client.v1.coverage_service_pb2_grpc import CoverageServiceServicer


class CoverageApi(CoverageServiceServicer):
    """Serves CoverageService."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules

    @reads
    def GetCoverage(self, request: pb.GetCoverageRequest, call: Call, session: Session) -> pb.Coverage:
        return get_coverage(session, self._rules.municipalities, helsinki_date(call.now))
