"""BudgetService: decisions about budgets, commitments, and the proof that looks at both."""

import grpc

from services.voucher.api.purse.budgets import BudgetMethods
from services.voucher.api.spending.commitments import CommitmentMethods
from services.voucher.views.outlook.proof import ledger_proof
from sote.voucher.v1 import budget_pb2
from sote.voucher.v1 import budget_service_pb2 as pb

Context = grpc.ServicerContext


class BudgetApi(BudgetMethods, CommitmentMethods):
    """BudgetService over one door."""

    def ProveLedger(self, request: pb.ProveLedgerRequest, context: Context) -> budget_pb2.LedgerProof:
        return self._door.read(request, context, lambda session, call: ledger_proof(session))
