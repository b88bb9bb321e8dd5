"""Rows about providers: copies of facts by version, and the summary made of them."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.chassis.copies import keep_newer
from services.gateway.storage.tables import contract_copy, provider_copy, provider_summary, sanction_copy

_LOCK_SPACE = 0x9407  # keeps these advisory locks apart from others of the database


def lock_provider(session: Session, provider_id: UUID) -> None:
    """Let one transaction at a time make the summary of this provider, so that none is made of half the facts."""
    session.execute(select(func.pg_advisory_xact_lock(_LOCK_SPACE, provider_id.int % 2**31)))


def keep_provider(session: Session, provider_id: UUID, *, version: int, facts: bytes) -> bool:
    """Store the provider's facts unless newer ones are here; whether they were stored."""
    return keep_newer(session, provider_copy, {"provider_id": provider_id, "version": version, "facts": facts})


def keep_contract(
    session: Session, contract_id: UUID, *, provider_id: UUID, version: int, number: str, facts: bytes
) -> bool:
    """Store the contract's facts unless newer ones are here; whether they were stored."""
    values = {
        "contract_id": contract_id,
        "provider_id": provider_id,
        "version": version,
        "number": number,
        "facts": facts,
    }
    return keep_newer(session, contract_copy, values)


def keep_sanction(session: Session, sanction_id: UUID, *, provider_id: UUID, version: int, imposed: bool) -> bool:
    """Store whether the sanction is imposed unless a newer version is here; whether it was stored."""
    values = {"sanction_id": sanction_id, "provider_id": provider_id, "version": version, "imposed": imposed}
    return keep_newer(session, sanction_copy, values)


def facts_of(session: Session, provider_id: UUID) -> tuple[bytes | None, list[bytes]]:
    """The provider's facts (None while they have not arrived) and those of its contracts, by number."""
    provider = select(provider_copy.c.facts).where(provider_copy.c.provider_id == provider_id)
    contracts = select(contract_copy.c.facts).where(contract_copy.c.provider_id == provider_id)
    rows = session.execute(contracts.order_by(contract_copy.c.number)).scalars()
    return session.execute(provider).scalar_one_or_none(), [bytes(row) for row in rows]


def summaries_of(session: Session, provider_ids: Iterable[UUID]) -> list[bytes]:
    """What records show of these providers; one that is not known has none."""
    rows = provider_summary
    query = select(rows.c.body).where(rows.c.provider_id.in_(list(provider_ids)))
    return [bytes(body) for body in session.scalars(query)]


def store_summary(session: Session, provider_id: UUID, body: bytes) -> None:
    """Replace what records show of the provider, and whether it is under a sanction."""
    sanctioned = _under_sanction(provider_id)
    insertion = insert(provider_summary).values(provider_id=provider_id, body=body, sanctioned=sanctioned)
    session.execute(
        insertion.on_conflict_do_update(
            index_elements=[provider_summary.c.provider_id], set_={"body": body, "sanctioned": sanctioned}
        )
    )


def mark_sanctioned(session: Session, provider_id: UUID) -> None:
    """Note in the provider's summary, if there is one yet, whether it is under a sanction."""
    rows = provider_summary
    marked = update(rows).where(rows.c.provider_id == provider_id).values(sanctioned=_under_sanction(provider_id))
    session.execute(marked)


def _under_sanction(provider_id: UUID) -> ColumnElement[bool]:
    return exists().where(sanction_copy.c.provider_id == provider_id, sanction_copy.c.imposed)
