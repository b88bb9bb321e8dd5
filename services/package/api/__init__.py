"""The gRPC methods of this service; each gives its request to one operation or view through the door."""

from services.chassis.door import Door
from services.package.api.enrolments import EnrolmentMethods
from services.package.api.packages import PackageMethods
from services.package.api.refusals import CONSTRAINTS, REFUSALS
from services.package.api.work import WorkApi
from services.package.domain.rules import Rules

__all__ = ["CONSTRAINTS", "REFUSALS", "PackageApi", "WorkApi"]


class PackageApi(PackageMethods, EnrolmentMethods):
    """Serves PackageService."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules
