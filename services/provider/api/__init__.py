"""The gRPC methods of this service; each gives its request to one operation or view through the door."""

from services.chassis.door import Door
from services.provider.api.adherence import AdherenceApi
from services.provider.api.centres import CentreApi
from services.provider.api.clauses import ClauseApi
from services.provider.api.conditions import ConditionMethods
from services.provider.api.contracts import ContractMethods
from services.provider.api.courses import CourseMethods
from services.provider.api.providers import ProviderMethods
from services.provider.api.refusals import CONSTRAINTS, REFUSALS
from services.provider.api.sanctions import SanctionMethods
from services.provider.domain.rules import Rules

__all__ = ["CONSTRAINTS", "REFUSALS", "AdherenceApi", "CentreApi", "ClauseApi", "ProviderApi"]


class ProviderApi(ProviderMethods, ConditionMethods, ContractMethods, CourseMethods, SanctionMethods):
    """Serves ProviderService."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules
