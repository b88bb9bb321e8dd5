"""Rows of income statements: what was stated is sealed (INCOME-2), one of a client is in force a day (INCOME-1)."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Session

from services.chassis.columns import INSTANT, TableQuery, TableRow, county
from services.chassis.vault import Sealed, Vault
from services.voucher.domain.values.income import IncomeStatement, Means
from services.voucher.storage.metadata import METADATA

income_statements = Table(
    "income_statement",
    METADATA,
    Column("id", Uuid, primary_key=True),
    *county(),
    Column("client_id", Uuid, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("sealed", LargeBinary, nullable=False, comment="household, income and evidence, AES-256-GCM"),
    Column("key_version", Integer, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("updated_at", INSTANT, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    CheckConstraint("valid_from <= valid_to", name="period"),
    ExcludeConstraint(
        (literal_column("uuid_range(client_id, client_id, '[]')"), "&&"),
        (literal_column("daterange(valid_from, valid_to, '[]')"), "&&"),
        where=literal_column("not withdrawn"),
        name="ex_income_statement_overlap",
    ),
    Index(None, "client_id", "created_at", "id"),
    comment="what households earn, for values and fees (INCOME-1); read by fee officials and the client alone",
)


def add_statement(session: Session, vault: Vault, statement: IncomeStatement) -> None:
    """Store a new statement, what it says sealed."""
    scheme, code = statement.county.split(":")
    stated = {
        "household": statement.means.household,
        "income": statement.means.monthly_income,
        "evidence": statement.evidence,
    }
    sealed = vault.seal(json.dumps(stated), statement.id)
    values = {
        "id": statement.id,
        "county_scheme": scheme,
        "county_code": code,
        "client_id": statement.client_id,
        "valid_from": statement.valid_from,
        "sealed": sealed.body,
        "key_version": sealed.key_version,
        "created_at": statement.created_at,
        "created_by": statement.created_by,
        "version": 1,
    }
    session.execute(income_statements.insert().values(**values, **_state(statement)))


def save_statement(session: Session, statement: IncomeStatement) -> None:
    """Store a changed statement, whose row is locked, as its next version."""
    statement.version += 1
    table = income_statements
    session.execute(
        table.update().where(table.c.id == statement.id).values(version=statement.version, **_state(statement))
    )


def locked_statement(session: Session, vault: Vault, statement_id: UUID) -> IncomeStatement | None:
    """The statement with its row locked, if there is one."""
    query = select(income_statements).where(income_statements.c.id == statement_id)
    row = session.execute(query.with_for_update()).one_or_none()
    return None if row is None else statement_from(row, vault)


def find_statement(session: Session, vault: Vault, statement_id: UUID) -> IncomeStatement:
    """A statement by its id; one that a voucher rests on is always there."""
    query = select(income_statements).where(income_statements.c.id == statement_id)
    return statement_from(session.execute(query).one(), vault)


def statements_of(session: Session, vault: Vault, client_id: UUID, *, lock: bool = False) -> Sequence[IncomeStatement]:
    """The client's statements that count, by first day; locked for a change when asked."""
    query = of_client(client_id).where(income_statements.c.withdrawn.is_(False))
    query = query.order_by(income_statements.c.valid_from)
    rows = session.execute(query.with_for_update() if lock else query)
    return [statement_from(row, vault) for row in rows]


def statement_in_force(session: Session, vault: Vault, client_id: UUID, day: date) -> IncomeStatement | None:
    """The client's statement in force that day, if there is one."""
    return next((statement for statement in statements_of(session, vault, client_id) if statement.holds_on(day)), None)


def of_client(client_id: UUID) -> TableQuery:
    """The client's statements, not yet ordered or cut to a page."""
    return select(income_statements).where(income_statements.c.client_id == client_id)


def statement_from(row: TableRow, vault: Vault) -> IncomeStatement:
    """A statement from its row, opened."""
    stated = json.loads(vault.open(Sealed(row.sealed, row.key_version), row.id))
    return IncomeStatement(
        id=row.id,
        county=f"{row.county_scheme}:{row.county_code}",
        client_id=row.client_id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        means=Means(stated["household"], stated["income"]),
        evidence=stated["evidence"],
        created_at=row.created_at,
        created_by=row.created_by,
        updated_at=row.updated_at,
        withdrawn=row.withdrawn,
        version=row.version,
    )


def _state(statement: IncomeStatement) -> dict[str, Any]:
    return {"valid_to": statement.valid_to, "withdrawn": statement.withdrawn, "updated_at": statement.updated_at}
