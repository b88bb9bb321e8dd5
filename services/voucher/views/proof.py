"""The question whether the ledger is right: everything stored compared with what the entries say."""

from collections import Counter

from sqlalchemy.orm import Session

from services.voucher.domain.ledger import Source, SourceKind
from services.voucher.domain.proof import Owed, Proof, prove
from services.voucher.domain.settlement import ItemKind
from services.voucher.storage import ledger as books
from services.voucher.storage.commitment import every_commitment
from services.voucher.storage.envelope import ended_envelopes
from services.voucher.storage.reversal import reversed_by_voucher
from services.voucher.storage.settlement import batch_sums, paid_by_source
from services.voucher.storage.voucher_debts import owed_on_vouchers
from services.voucher.wire import budget as wire
from sote.voucher.v1 import budget_pb2


def prove_ledger(session: Session) -> Proof:
    """Recompute lines, sources, batches and what open things must hold; one snapshot, no lock (INV-08 to INV-11)."""
    commitments = every_commitment(session)
    owed = [Owed(Source(SourceKind.COMMITMENT, one.id), one.bound) for one in commitments]
    owed += [Owed(Source(SourceKind.ENROLMENT, enrolment_id), 0) for enrolment_id in ended_envelopes(session)]
    owed += owed_on_vouchers(session)
    paid_out = Counter({Source(SourceKind.COMMITMENT, one.id): one.paid_out for one in commitments})
    paid_out.update(paid_by_source(session, [ItemKind.REDEMPTION, ItemKind.REDUCTION]))
    taken_back = reversed_by_voucher(session).items()
    paid_out.subtract({Source(SourceKind.VOUCHER, voucher_id): cents for voucher_id, cents in taken_back})
    return prove(
        books.all_moves(session),
        lines=books.stored_lines(session),
        sources=books.stored_sources(session),
        batches=batch_sums(session),
        owed=owed,
        paid_out=paid_out,
    )


def ledger_proof(session: Session) -> budget_pb2.LedgerProof:
    """What the proof found."""
    return wire.proof(prove_ledger(session))
