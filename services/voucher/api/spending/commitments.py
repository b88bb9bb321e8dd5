"""The methods of BudgetService that are about commitments."""

from collections.abc import Mapping

import grpc
from sqlalchemy.orm import Session

from services.chassis.door import Call, Door
from services.chassis.names import resource_id
from services.voucher.domain.spending.commitment import CommitmentNotFound
from services.voucher.operations.spending.fund_commitment import fund_commitment
from services.voucher.views.spending import commitment as views
from services.voucher.wire.spending.commitment import COMMITMENTS, commitment
from sote.voucher.v1 import budget_service_pb2 as pb
from sote.voucher.v1 import budget_service_pb2_grpc, commitment_pb2

Context = grpc.ServicerContext
REFUSALS: Mapping[type[Exception], grpc.StatusCode] = {CommitmentNotFound: grpc.StatusCode.NOT_FOUND}


class CommitmentMethods(budget_service_pb2_grpc.BudgetServiceServicer):
    """What BudgetService does with commitments."""

    _door: Door

    def GetCommitment(self, request: pb.GetCommitmentRequest, context: Context) -> commitment_pb2.Commitment:
        def act(session: Session, call: Call) -> commitment_pb2.Commitment:
            return views.get_commitment(session, resource_id(request.name, COMMITMENTS))

        return self._door.read(request, context, act)

    def ListCommitments(self, request: pb.ListCommitmentsRequest, context: Context) -> pb.ListCommitmentsResponse:
        return self._door.read(request, context, lambda session, call: views.list_commitments(session, request))

    def FundCommitment(self, request: pb.FundCommitmentRequest, context: Context) -> commitment_pb2.Commitment:
        def act(session: Session, call: Call) -> commitment_pb2.Commitment:
            commitment_id = resource_id(request.name, COMMITMENTS)
            return commitment(fund_commitment(session, commitment_id=commitment_id, etag=request.etag, now=call.now))

        return self._door.write(request, context, act)
