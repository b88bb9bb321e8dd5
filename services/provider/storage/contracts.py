"""Loading contracts and numbering them."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.provider.domain.contract import Contract
from services.provider.domain.refusals import ContractNotFound
from services.provider.storage import tables


def for_update(session: Session, uid: UUID) -> Contract:
    """The contract, its row locked; refuses with ContractNotFound."""
    found = session.get(Contract, uid, with_for_update=True, populate_existing=True)
    if found is None:
        raise ContractNotFound(uid)
    return found


def get(session: Session, uid: UUID) -> Contract:
    """The contract as it is; refuses with ContractNotFound."""
    found = session.get(Contract, uid)
    if found is None:
        raise ContractNotFound(uid)
    return found


def provider_of(session: Session, uid: UUID) -> UUID:
    """The provider of a contract, without a lock; it never changes. Refuses with ContractNotFound."""
    found: UUID | None = session.scalar(select(tables.contract.c.provider_id).where(tables.contract.c.uid == uid))
    if found is None:
        raise ContractNotFound(uid)
    return found


def next_number(session: Session, county_code: str) -> str:
    """A number people use, SOP-<county>-<seq>; a rolled-back draft leaves a gap."""
    return f"SOP-{county_code}-{session.scalar(select(tables.contract_number.next_value())):06d}"
