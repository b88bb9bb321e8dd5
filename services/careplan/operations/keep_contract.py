"""Keeping the copy of a contract, and what it no longer carries (C1)."""

from datetime import date

from sqlalchemy.orm import Session

from services.careplan.domain.contract_losses import losses
from services.careplan.domain.neighbours import KnownContract
from services.careplan.storage import copies, neighbours, reroutes


def keep_contract(session: Session, *, contract: KnownContract, unserved_from: date | None, today: date) -> None:
    """Keep a contract with its lines and clauses, unless a newer version is known.

    What rests on something it no longer carries from `unserved_from` on is re-routed by a timer (INV-20).
    """
    before = neighbours.contract(session, contract.contract_id)
    if not neighbours.keep(session, copies.contract_copy, neighbours.contract_values(contract)):
        return
    known = reroutes.losses_of(session, contract.contract_id)
    lost = losses(known, before, contract, unserved_from=unserved_from, today=today)
    reroutes.note_losses(session, contract.contract_id, lost)
