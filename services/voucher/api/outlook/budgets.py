"""BudgetService: decisions about budgets, commitments, and the proof that looks at both."""

from sqlalchemy.orm import Session

from services.chassis.door import Call, reads
from services.voucher.api.purse.budgets import BudgetMethods
from services.voucher.api.spending.commitments import CommitmentMethods
from services.voucher.views.outlook.proof import ledger_proof
from sote.voucher.v1 import budget_pb2
from sote.voucher.v1 import budget_service_pb2 as pb


class BudgetApi(BudgetMethods, CommitmentMethods):
    """BudgetService over one door."""

    @reads
    def ProveLedger(self, request: pb.ProveLedgerRequest, call: Call, session: Session) -> budget_pb2.LedgerProof:
        return ledger_proof(session)
