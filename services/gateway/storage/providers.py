"""Rows about providers: copies of facts by version, and the summary made of them."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.gateway.storage.tables import contract_copy, provider_copy, provider_summary

_LOCK_SPACE = 0x9407  # keeps these advisory locks apart from others of the database


def lock_provider(session: Session, provider_id: UUID) -> None:
    """Let one transaction at a time make the summary of this provider, so that none is made of half the facts."""
    session.execute(select(func.pg_advisory_xact_lock(_LOCK_SPACE, provider_id.int % 2**31)))


def store_provider(session: Session, provider_id: UUID, version: int, facts: bytes) -> bool:
    """Keep the provider's facts unless newer ones are there; whether they were kept."""
    insertion = insert(provider_copy).values(provider_id=provider_id, version=version, facts=facts)
    upsert = insertion.on_conflict_do_update(
        index_elements=[provider_copy.c.provider_id],
        set_={"version": version, "facts": facts},
        where=provider_copy.c.version < version,
    )
    return session.execute(upsert.returning(provider_copy.c.provider_id)).first() is not None


def store_contract(
    session: Session, contract_id: UUID, *, provider_id: UUID, version: int, number: str, facts: bytes
) -> bool:
    """Keep the contract's facts unless newer ones are there; whether they were kept."""
    values = {"provider_id": provider_id, "version": version, "number": number, "facts": facts}
    upsert = (
        insert(contract_copy)
        .values(contract_id=contract_id, **values)
        .on_conflict_do_update(
            index_elements=[contract_copy.c.contract_id], set_=values, where=contract_copy.c.version < version
        )
    )
    return session.execute(upsert.returning(contract_copy.c.contract_id)).first() is not None


def facts_of(session: Session, provider_id: UUID) -> tuple[bytes | None, list[bytes]]:
    """The provider's facts (None while they have not arrived) and those of its contracts, by number."""
    provider = select(provider_copy.c.facts).where(provider_copy.c.provider_id == provider_id)
    contracts = select(contract_copy.c.facts).where(contract_copy.c.provider_id == provider_id)
    rows = session.execute(contracts.order_by(contract_copy.c.number)).scalars()
    return session.execute(provider).scalar_one_or_none(), [bytes(row) for row in rows]


def store_summary(session: Session, provider_id: UUID, body: bytes) -> None:
    """Replace what records show of the provider."""
    insertion = insert(provider_summary).values(provider_id=provider_id, body=body)
    session.execute(
        insertion.on_conflict_do_update(index_elements=[provider_summary.c.provider_id], set_={"body": body})
    )
