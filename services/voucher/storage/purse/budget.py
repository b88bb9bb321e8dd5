"""Rows of budgets, their lines, the ledger's entries and the balances the database itself keeps from them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from services.chassis.columns import INSTANT, TableRow
from services.voucher.domain.purse.budget import Budget, BudgetState, Line
from services.voucher.domain.purse.ledger import DECISIONS, MOVES, LineBalance
from services.voucher.storage.metadata import METADATA

LEGAL_MOVES = " or ".join(
    f"(op = '{op}' and credit = '{credit}' and debit = '{debit}')"
    for op, pairs in MOVES.items()
    for credit, debit in sorted(pairs)
)
DECIDED = ", ".join(f"'{op}'" for op in sorted(DECISIONS))

budgets = Table(
    "budget",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("county_scheme", Text, nullable=False),
    Column("county_code", Text, nullable=False),
    Column("fiscal_year", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("updated_at", INSTANT, nullable=False),
    UniqueConstraint("county_scheme", "county_code", "fiscal_year"),
    CheckConstraint("state in ('PLANNED', 'APPROVED', 'CLOSED')", name="state"),
    comment="one budget for each county and year (S1.41)",
)
lines = Table(
    "budget_line",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("budget_id", Uuid, ForeignKey("budget.id"), nullable=False),
    Column("code", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("planned", BigInteger, nullable=False),
    Column("appropriated", BigInteger, nullable=False, server_default="0"),
    Column("available", BigInteger, nullable=False, server_default="0"),
    Column("reserved", BigInteger, nullable=False, server_default="0"),
    Column("committed", BigInteger, nullable=False, server_default="0"),
    Column("spent", BigInteger, nullable=False, server_default="0"),
    Column("entries", BigInteger, nullable=False, server_default="0"),
    Column("overrun", BigInteger, nullable=False, server_default="0", comment="how far available may go below 0: D-08"),
    Column("conditional", Boolean, nullable=False, server_default="true", comment="its budget is still PLANNED"),
    UniqueConstraint("budget_id", "code"),
    CheckConstraint("planned >= 0", name="planned"),
    CheckConstraint("overrun >= 0", name="overrun"),
    CheckConstraint("available >= -(overrun + case when conditional then planned else 0 end)", name="available"),
    CheckConstraint("reserved >= 0", name="reserved"),
    CheckConstraint("committed >= 0", name="committed"),
    CheckConstraint("spent >= 0", name="spent"),
    CheckConstraint("appropriated = available + reserved + committed + spent", name="adds_up"),
    comment="balances in cents, kept by the ledger's trigger alone (INV-08, INV-10)",
)
rules = Table(
    "budget_line_rule",
    METADATA,
    Column("budget_id", Uuid, ForeignKey("budget.id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("line_id", Uuid, ForeignKey("budget_line.id"), nullable=False),
    CheckConstraint("kind in ('SERVICE', 'TASK')", name="kind"),
    comment="which line a service posts to: by its code, else by its task",
)
entries = Table(
    "ledger_entry",
    METADATA,
    Column("id", Uuid, primary_key=True, server_default=func.gen_random_uuid()),
    Column("line_id", Uuid, ForeignKey("budget_line.id"), nullable=False),
    Column("line_number", BigInteger, nullable=False, comment="set by the trigger"),
    Column("source_type", Text, nullable=False),
    Column("source_id", Uuid, nullable=False),
    Column("op", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("credit", Text, nullable=False),
    Column("debit", Text, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("client_id", Uuid, nullable=True),
    Column("service_code", Text, nullable=True),
    Column("provider_id", Uuid, nullable=True, comment="who was paid, or from whom a payment was taken back"),
    Column("correlation_id", Text, nullable=False),
    Column("posted_at", INSTANT, nullable=False),
    Column("recorded_at", INSTANT, nullable=False, server_default=func.clock_timestamp()),
    UniqueConstraint("source_type", "source_id", "op", "seq"),
    UniqueConstraint("line_id", "line_number"),
    CheckConstraint("amount > 0", name="amount"),
    CheckConstraint("seq > 0", name="seq"),
    CheckConstraint(LEGAL_MOVES, name="legal_move"),
    CheckConstraint(f"(source_type = 'COUNCIL') = (op in ({DECIDED}))", name="council"),
    CheckConstraint("op <> 'DIRECT_SPEND' or source_type = 'DIRECT'", name="direct_spend"),
    CheckConstraint("source_type <> 'DIRECT' or op in ('DIRECT_SPEND', 'REVERSE_SPEND')", name="direct"),
    CheckConstraint("source_type in ('COUNCIL', 'DIRECT') or client_id is not null", name="client"),
    CheckConstraint("source_type = 'COUNCIL' or service_code is not null", name="service"),
    CheckConstraint("op <> 'SPEND' or provider_id is not null", name="provider"),
    Index(None, "recorded_at", "id"),
    Index(None, "client_id", "recorded_at"),
    comment="double entries, each with the account that gives and the one that receives; never changed",
)
sources = Table(
    "ledger_source",
    METADATA,
    Column("source_type", Text, primary_key=True),
    Column("source_id", Uuid, primary_key=True),
    Column("line_id", Uuid, ForeignKey("budget_line.id"), primary_key=True),
    Column("client_id", Uuid, nullable=True, comment="absent for a direct payment to a provider"),
    Column("service_code", Text, nullable=False),
    Column("reserved", BigInteger, nullable=False),
    Column("committed", BigInteger, nullable=False),
    Column("spent", BigInteger, nullable=False),
    CheckConstraint("reserved >= 0", name="reserved"),
    CheckConstraint("committed >= 0", name="committed"),
    CheckConstraint("spent >= 0", name="spent"),
    Index(None, "client_id"),
    comment="what each voucher, commitment and envelope holds on a line, kept by the ledger's trigger (INV-09)",
)


def add_budget(session: Session, budget: Budget) -> None:
    """Store a new budget with its lines and rules."""
    scheme, code = budget.county.split(":")
    session.execute(
        insert(budgets).values(
            id=budget.id,
            county_scheme=scheme,
            county_code=code,
            fiscal_year=budget.fiscal_year,
            state=budget.state.value,
            version=budget.version,
            created_at=budget.created_at,
            created_by=budget.created_by,
            updated_at=budget.updated_at,
        )
    )
    session.execute(
        insert(lines),
        [
            {"id": line.id, "budget_id": budget.id, "code": line.code, "title": line.title, "planned": line.planned}
            for line in budget.lines
        ],
    )
    claims = [
        {"budget_id": budget.id, "kind": kind, "key": key, "line_id": line.id}
        for line in budget.lines
        for kind, keys in (("SERVICE", line.service_codes), ("TASK", line.tasks))
        for key in keys
    ]
    if claims:
        session.execute(insert(rules), claims)


def budget_of_year(session: Session, county: str, fiscal_year: int) -> UUID | None:
    """The budget of that county and year, if there is one."""
    scheme, code = county.split(":")
    query = select(budgets.c.id).where(
        budgets.c.county_scheme == scheme, budgets.c.county_code == code, budgets.c.fiscal_year == fiscal_year
    )
    return session.execute(query).scalar_one_or_none()


def load_budget(session: Session, budget_id: UUID, *, lock: bool = False) -> Budget | None:
    """The budget with its lines by code, locked for a change when asked; None when there is none."""
    query = select(budgets).where(budgets.c.id == budget_id)
    row = session.execute(query.with_for_update() if lock else query).one_or_none()
    return budgets_from(session, [row])[0] if row else None


def budgets_from(session: Session, rows: Iterable[object]) -> list[Budget]:
    """The budgets of these rows, each with its lines, in the order given."""
    found = [_budget(row) for row in rows]
    by_id = {budget.id: budget for budget in found}
    claims: dict[tuple[UUID, str], list[str]] = {}
    for claim in session.execute(select(rules).where(rules.c.budget_id.in_(by_id)).order_by(rules.c.key)):
        claims.setdefault((claim.line_id, claim.kind), []).append(claim.key)
    for row in session.execute(select(lines).where(lines.c.budget_id.in_(by_id)).order_by(lines.c.code)):
        by_id[row.budget_id].lines.append(
            Line(
                id=row.id,
                code=row.code,
                title=row.title,
                planned=row.planned,
                tasks=tuple(claims.get((row.id, "TASK"), ())),
                service_codes=tuple(claims.get((row.id, "SERVICE"), ())),
                balance=balance_in(row),
            )
        )
    return found


def save_budget(session: Session, budget: Budget) -> None:
    """Store the budget's state as the version after the one loaded; StaleDataError when another was faster."""
    changed = session.execute(
        update(budgets)
        .where(budgets.c.id == budget.id, budgets.c.version == budget.version)
        .values(state=budget.state.value, updated_at=budget.updated_at, version=budget.version + 1)
        .returning(budgets.c.version)
    ).scalar_one_or_none()
    if changed is None:
        raise StaleDataError
    budget.version = changed


def _budget(row: object) -> Budget:
    values = row._mapping  # type: ignore[attr-defined]  # a Row of `budgets`; its static type says nothing
    created: datetime = values["created_at"]
    return Budget(
        id=values["id"],
        county=f"{values['county_scheme']}:{values['county_code']}",
        fiscal_year=values["fiscal_year"],
        state=BudgetState(values["state"]),
        created_by=values["created_by"],
        created_at=created,
        updated_at=values["updated_at"],
        version=values["version"],
        lines=[],
    )


def balance_in(row: TableRow) -> LineBalance:
    """The sums a row of `lines` holds."""
    return LineBalance(
        row.appropriated,
        row.available,
        row.reserved,
        row.committed,
        row.spent,
        row.overrun,
        row.planned if row.conditional else 0,
    )
