"""Loading contracts and numbering them."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Text, and_, func, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.provider.domain.condition import EvidenceState
from services.provider.domain.contract import IN_FORCE, Contract, ContractState
from services.provider.domain.refusals import ContractNotFound
from services.provider.storage import tables


def load_contract(session: Session, contract_id: UUID, *, etag: str = "") -> Contract:
    """The contract, its row locked; refuses with ContractNotFound, and with VersionConflict another etag."""
    contract = session.get(Contract, contract_id, with_for_update=True, populate_existing=True)
    if contract is None:
        raise ContractNotFound(contract_id)
    check_etag(etag, contract.version)
    return contract


def get_contract(session: Session, contract_id: UUID) -> Contract:
    """The contract as it is, without a lock; refuses with ContractNotFound."""
    contract = session.get(Contract, contract_id)
    if contract is None:
        raise ContractNotFound(contract_id)
    return contract


def provider_of(session: Session, contract_id: UUID) -> UUID:
    """The provider of a contract, without a lock; it never changes. Refuses with ContractNotFound."""
    query = select(tables.contract.c.provider_id).where(tables.contract.c.id == contract_id)
    provider_id: UUID | None = session.scalar(query)
    if provider_id is None:
        raise ContractNotFound(contract_id)
    return provider_id


def next_number(session: Session, county_code: str) -> str:
    """A number people use, SOP-<county>-<seq>; a rolled-back draft leaves a gap."""
    return f"SOP-{county_code}-{session.scalar(select(tables.contract_number.next_value())):06d}"


def due(session: Session, *, day: date, warn_until: date, limit: int) -> Sequence[Contract]:
    """Contracts in force for which the clock has something to do on `day`, their rows locked; busy ones wait.

    Changes to apply, a notice or a period that is over, or an end up to `warn_until` that was not announced.
    """
    rows = tables.contract
    active = rows.c.state == ContractState.ACTIVE
    valid_to = rows.c.terms.cast(JSONB)["valid_to"].astext  # ISO dates sort as text
    last_day = func.least(valid_to, rows.c.termination_effective.cast(Text))
    query = select(Contract).where(
        rows.c.state.in_(IN_FORCE),
        or_(
            and_(active, rows.c.next_change_on <= day),
            rows.c.termination_effective < day,
            and_(active, valid_to < day.isoformat()),
            and_(
                last_day <= warn_until.isoformat(),
                last_day >= day.isoformat(),
                rows.c.end_announced.cast(Text).is_distinct_from(last_day),
            ),
        ),
    )
    return session.scalars(query.order_by(rows.c.id).limit(limit).with_for_update(skip_locked=True)).all()


def without_evidence(session: Session, *, expired_before: date, limit: int) -> Sequence[tuple[Contract, str]]:
    """Active contracts that demand a condition whose evidence ended before the day, with its code; rows locked."""
    rows, found, sets = tables.contract, tables.evidence, tables.condition_set
    demanded = func.jsonb_build_array(
        func.jsonb_build_object("code", found.c.condition_code, "mandatory", True), type_=JSONB
    )
    query = (
        select(Contract, found.c.condition_code)
        .join(found, found.c.provider_id == rows.c.provider_id)
        .join(sets, sets.c.id == rows.c.condition_set_id)
        .where(
            rows.c.state == ContractState.ACTIVE,
            found.c.state == EvidenceState.MET,
            found.c.valid_to < expired_before,
            sets.c.conditions.cast(JSONB).contains(demanded),
        )
        .order_by(rows.c.id, found.c.condition_code)
        .limit(limit)
    )
    locked = query.with_for_update(of=[rows, found], skip_locked=True)
    return [(contract, code) for contract, code in session.execute(locked)]
