"""DeviationService: each method turns the request into one operation or one question."""

from typing import Any

from services.careplan.domain.deliveries.delivery import DeviationCause, Judgement
from services.careplan.operations.deliveries.judge_deviation import judge_deviation
from services.careplan.views.deliveries import contract_adherence, list_deviations
from services.careplan.wire.deliveries import deviation as resource
from services.chassis.door import Door
from services.chassis.names import resource_id, uuid_of
from services.chassis.words import word_or_none
from sote.careplan.v1 import delivery_pb2
from sote.careplan.v1 import deviation_service_pb2 as rpc
from sote.careplan.v1.deviation_service_pb2_grpc import DeviationServiceServicer


def _judgement(request: rpc.JudgeDeviationRequest) -> Judgement:
    cause = word_or_none(DeviationCause, delivery_pb2.DeviationCause, request.cause)
    return Judgement(request.justified, request.judgement, cause, request.plan_change)


class DeviationApi(DeviationServiceServicer):
    """The api of deviations (S1.30)."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def JudgeDeviation(self, request: rpc.JudgeDeviationRequest, context: Any) -> rpc.Deviation:
        """S1.30."""
        told: dict[str, Any] = {"deviation_id": resource_id(request.name, "deviations"), "etag": request.etag}
        told["judgement"] = _judgement(request)
        return self._door.write(
            request, context, lambda s, c: resource(judge_deviation(s, **told, caller=c.caller, now=c.now))
        )

    def ListDeviations(self, request: rpc.ListDeviationsRequest, context: Any) -> rpc.ListDeviationsResponse:
        """Deviations of the caller's plans and deliveries."""
        return self._door.read(request, context, lambda s, c: list_deviations(s, request, c.caller))

    def GetContractAdherence(self, request: rpc.GetContractAdherenceRequest, context: Any) -> rpc.ContractAdherence:
        """Counts of a contract."""
        contract_id = uuid_of(request.contract_id, "contract_id")
        return self._door.read(request, context, lambda s, c: contract_adherence(s, contract_id))
