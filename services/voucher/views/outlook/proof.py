"""The question whether the ledger is right: everything stored compared with what the entries say."""

from sqlalchemy.orm import Session

from services.voucher.domain.purse.proof import Proof, prove
from services.voucher.storage.outlook.reconciliation import own_books, paid_to_providers, wrong_payers
from services.voucher.storage.purse import ledger as books
from services.voucher.storage.spending.settlement import batch_sums
from services.voucher.wire.purse import budget as wire
from sote.voucher.v1 import budget_pb2


def prove_ledger(session: Session) -> Proof:
    """Compare lines, sources, batches, payees and what open things hold with the entries (INV-08 to INV-11, S1.04).

    Every entry is replayed in one snapshot, without a lock, in memory that does not grow with the ledger.
    """
    return prove(
        books.moves_by_source(session),
        lines=books.stored_lines(session),
        stored=books.stored_by_source(session),
        own=own_books(session),
        batches=batch_sums(session),
        paid_to=paid_to_providers(session),
        payers=wrong_payers(session),
    )


def ledger_proof(session: Session) -> budget_pb2.LedgerProof:
    """What the proof found."""
    return wire.proof(prove_ledger(session))
