"""The methods of BudgetService that are about commitments."""

from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id
from services.voucher.operations.spending.fund_commitment import fund_commitment
from services.voucher.views.spending import commitment as views
from services.voucher.wire.spending.commitment import COMMITMENTS, commitment
from sote.voucher.v1 import budget_service_pb2 as pb
from sote.voucher.v1 import budget_service_pb2_grpc, commitment_pb2


class CommitmentMethods(budget_service_pb2_grpc.BudgetServiceServicer):
    """What BudgetService does with commitments."""

    _door: Door

    @reads
    def GetCommitment(
        self, request: pb.GetCommitmentRequest, call: Call, session: Session
    ) -> commitment_pb2.Commitment:
        return views.get_commitment(session, resource_id(request.name, COMMITMENTS))

    @reads
    def ListCommitments(
        self, request: pb.ListCommitmentsRequest, call: Call, session: Session
    ) -> pb.ListCommitmentsResponse:
        return views.list_commitments(session, request)

    @writes
    def FundCommitment(
        self, request: pb.FundCommitmentRequest, call: Call, session: Session
    ) -> commitment_pb2.Commitment:
        commitment_id = resource_id(request.name, COMMITMENTS)
        return commitment(fund_commitment(session, commitment_id=commitment_id, etag=request.etag, now=call.now))
