"""DeviationService: deliveries that were not as planned are judged and counted."""

from sqlalchemy.orm import Session

from services.careplan.domain.deliveries.delivery import DeviationCause, Judgement
from services.careplan.operations.deliveries.judge_deviation import judge_deviation
from services.careplan.views.deliveries import contract_adherence, list_deviations
from services.careplan.wire.deliveries import deviation as resource
from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id, uuid_of
from services.chassis.words import word_or_none
from sote.careplan.v1 import delivery_pb2
from sote.careplan.v1 import deviation_service_pb2 as rpc
from sote.careplan.v1.deviation_service_pb2_grpc import DeviationServiceServicer

DEVIATIONS = "deviations"


class DeviationApi(DeviationServiceServicer):
    """The api of deviations (S1.30)."""

    def __init__(self, door: Door) -> None:
        self._door = door

    @writes
    def JudgeDeviation(self, request: rpc.JudgeDeviationRequest, call: Call, session: Session) -> rpc.Deviation:
        deviation = judge_deviation(
            session,
            deviation_id=resource_id(request.name, DEVIATIONS),
            etag=request.etag,
            judgement=Judgement(
                request.justified,
                request.judgement,
                word_or_none(DeviationCause, delivery_pb2.DeviationCause, request.cause),
                request.plan_change,
            ),
            caller=call.caller,
            now=call.now,
        )
        return resource(deviation)

    @reads
    def ListDeviations(
        self, request: rpc.ListDeviationsRequest, call: Call, session: Session
    ) -> rpc.ListDeviationsResponse:
        return list_deviations(session, request, call.caller)

    @reads
    def GetContractAdherence(
        self, request: rpc.GetContractAdherenceRequest, call: Call, session: Session
    ) -> rpc.ContractAdherence:
        return contract_adherence(session, uuid_of(request.contract_id, "contract_id"))
