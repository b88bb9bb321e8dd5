"""Copies of direct-choice contracts."""

from datetime import date
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Date,
    Index,
    Table,
    Text,
    Uuid,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from services.chassis.copies import keep_newer
from services.client.domain.neighbours import ContractCopy
from services.client.storage.metadata import METADATA

contract_copy = Table(
    "contract_copy",
    METADATA,
    Column("contract_id", Uuid, primary_key=True),
    Column("provider_id", Uuid, nullable=False),
    Column("state", Text, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date, nullable=False, comment="last day, an early end included"),
    Column("every_unit", Boolean, nullable=False),
    Column("unit_ids", ARRAY(Uuid), nullable=False),
    Column("version", BigInteger, nullable=False),
    Index(None, "provider_id"),
    comment="direct-choice contracts as the provider service last told",
)


def store_contract(session: Session, contract: ContractCopy) -> None:
    """Take a direct-choice contract over, unless a newer version is here."""
    keep_newer(session, contract_copy, vars(contract))


def contracts_over(session: Session, today: date) -> set[UUID]:
    """The contracts that are over."""
    return set(session.scalars(select(contract_copy.c.contract_id).where(is_over(today))))


def is_over(today: date) -> ColumnElement[bool]:
    """A suspended contract is not over: its clients keep their choice."""
    return contract_copy.c.state.in_(["TERMINATED", "EXPIRED", "WITHDRAWN"]) | (contract_copy.c.valid_to < today)
