"""The gRPC methods of this service; each gives its request to one operation or view through the door."""

from services.chassis.door import Door
from services.chassis.grpc_server import Servicers
from services.package.api.enrolments import EnrolmentMethods
from services.package.api.packages import PackageMethods
from services.package.api.refusals import CONSTRAINTS, REFUSALS
from services.package.api.work import WorkApi
from services.package.domain.rules import Rules
from sote.package.v1 import package_service_pb2_grpc, work_service_pb2_grpc

__all__ = ["CONSTRAINTS", "REFUSALS", "SERVICES", "servicers"]

SERVICES = [f"sote.package.v1.{name}Service" for name in ("Package", "Work")]


class PackageApi(PackageMethods, EnrolmentMethods):
    """Serves PackageService."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules


def servicers(door: Door, rules: Rules) -> Servicers:
    """How each service is put on a server, and who answers it."""
    return [
        (package_service_pb2_grpc.add_PackageServiceServicer_to_server, PackageApi(door, rules)),
        (work_service_pb2_grpc.add_WorkServiceServicer_to_server, WorkApi(door)),
    ]
