"""Keeping the copy of a contract with its lines and clauses."""

from sqlalchemy.orm import Session

from services.careplan.domain.neighbours import KnownContract
from services.careplan.storage import copies, neighbours


def keep_contract(session: Session, *, contract: KnownContract) -> None:
    """Keep a contract with its lines and clauses, unless a newer version is known."""
    neighbours.keep(session, copies.contract_copy, neighbours.contract_values(contract))
