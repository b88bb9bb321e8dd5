"""The question whether the ledger is right: everything stored compared with what the entries say."""

from sqlalchemy.orm import Session

from services.voucher.domain.proof import Proof, prove
from services.voucher.storage import ledger as books
from services.voucher.storage.own_books import own_books, paid_to_providers
from services.voucher.storage.settlement import batch_sums
from services.voucher.wire import budget as wire
from sote.voucher.v1 import budget_pb2


def prove_ledger(session: Session, *, every_entry: bool = False) -> Proof:
    """Compare lines, sources, batches, payees and what open things hold with the entries (INV-08 to INV-11, S1.04).

    One snapshot, no lock, and memory that does not grow with the ledger. The database sums like entries of a source,
    unless `every_entry` is to be replayed one by one.
    """
    return prove(
        books.moves_by_source(session, every=every_entry),
        lines=books.stored_lines(session),
        stored=books.stored_by_source(session),
        own=own_books(session),
        batches=batch_sums(session),
        paid_to=paid_to_providers(session),
    )


def ledger_proof(session: Session, *, every_entry: bool = False) -> budget_pb2.LedgerProof:
    """What the proof found."""
    return wire.proof(prove_ledger(session, every_entry=every_entry))
