"""Rows of parameter sets: append-only versions, never two of one subject in force on a day."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Date, Index, Integer, Table, Text, Uuid, literal_column, select
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint
from sqlalchemy.orm import Session

from services.chassis.columns import INSTANT, TableQuery, TableRow, code, county
from services.voucher.domain.values.fee import FeeParameters, FeePerUnit, MonthlyFeeByIncome, NoFee
from services.voucher.domain.values.parameters import ParameterKind, ParameterSet, Succession
from services.voucher.domain.values.value import CeilingTotal, FixedValue, IncomeParameters, ValueParameters
from services.voucher.storage.metadata import METADATA

Body = ValueParameters | FeeParameters

parameter_sets = Table(
    "parameter_set",
    METADATA,
    Column("id", Uuid, primary_key=True),
    *county(),
    Column("kind", code(ParameterKind, "kind", length=40), nullable=False),
    Column("subject", Text, nullable=False, comment="the care service of values, the fee rule of fees"),
    Column("code", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("body", JSONB, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("superseded_at", INSTANT),
    CheckConstraint("number > 0", name="number"),
    CheckConstraint("valid_from <= valid_to", name="period"),
    Index("uq_parameter_set_version", "kind", "subject", "code", "number", unique=True),
    ExcludeConstraint(
        (literal_column("text_range(kind || ':' || subject, kind || ':' || subject, '[]')"), "&&"),
        (literal_column("daterange(valid_from, valid_to, '[]')"), "&&"),
        where=literal_column("superseded_at is null"),
        name="ex_parameter_set_overlap",
    ),
    Index(None, "created_at", "id"),
    comment="dated parameters of values and fees (MONEY-6); a version is superseded, never rewritten",
)

_BODIES: Mapping[str, type[Body]] = {
    kind.__name__: kind for kind in (FixedValue, CeilingTotal, IncomeParameters, NoFee, FeePerUnit, MonthlyFeeByIncome)
}


def keep_succession(session: Session, change: Succession, *, now: datetime) -> None:
    """Mark what is superseded, then write the new versions."""
    table = parameter_sets
    session.execute(table.update().where(table.c.id.in_(change.superseded)).values(superseded_at=now))
    session.execute(table.insert(), [_values(parameter_set) for parameter_set in change.written])


def current_sets(session: Session, kind: ParameterKind, subject: str) -> Sequence[ParameterSet]:
    """The versions that count for the subject, locked, by first day."""
    query = _of(kind, subject).where(parameter_sets.c.superseded_at.is_(None))
    rows = session.execute(query.order_by(parameter_sets.c.valid_from).with_for_update())
    return [set_from(row) for row in rows]


def set_in_force(session: Session, kind: ParameterKind, subject: str, day: date) -> ParameterSet | None:
    """The version in force for the subject that day, if there is one."""
    p = parameter_sets.c
    query = _of(kind, subject).where(p.superseded_at.is_(None), p.valid_from <= day)
    row = session.execute(query.where(p.valid_to.is_(None) | (p.valid_to >= day))).one_or_none()
    return None if row is None else set_from(row)


def sets_of(session: Session, kind: ParameterKind, subjects: Collection[str]) -> Sequence[ParameterSet]:
    """The versions that count for these subjects."""
    p = parameter_sets.c
    query = select(parameter_sets).where(p.kind == kind, p.subject.in_(subjects), p.superseded_at.is_(None))
    return [set_from(row) for row in session.execute(query)]


def find_set(session: Session, set_id: UUID) -> ParameterSet:
    """A version by its id, superseded or not; a voucher's own is always there."""
    return set_from(session.execute(select(parameter_sets).where(parameter_sets.c.id == set_id)).one())


def selection(kind: ParameterKind, *, subject: str, day: date | None, superseded: bool) -> TableQuery:
    """Versions by what is given; not yet ordered or cut to a page."""
    p = parameter_sets.c
    query = _of(kind, subject) if subject else select(parameter_sets).where(p.kind == kind)
    if day is not None:
        query = query.where(p.valid_from <= day, p.valid_to.is_(None) | (p.valid_to >= day))
    return query if superseded else query.where(p.superseded_at.is_(None))


def set_from(row: TableRow) -> ParameterSet:
    """A version from its row."""
    values = dict(row._mapping)
    scheme, number = values.pop("county_scheme"), values.pop("county_code")
    return ParameterSet(**values | {"county": f"{scheme}:{number}", "body": _body_from(values["body"])})


def _of(kind: ParameterKind, subject: str) -> TableQuery:
    return select(parameter_sets).where(parameter_sets.c.kind == kind, parameter_sets.c.subject == subject)


def _values(parameter_set: ParameterSet) -> dict[str, Any]:
    values = dict(vars(parameter_set))
    scheme, number = values.pop("county").split(":")
    body = {"type": type(parameter_set.body).__name__, **asdict(parameter_set.body)}
    return values | {"county_scheme": scheme, "county_code": number, "body": body}


def _body_from(stored: Mapping[str, Any]) -> Body:
    values = {key: _frozen(value) for key, value in stored.items() if key != "type"}
    make: Callable[..., Body] = _BODIES[stored["type"]]
    return make(**values)


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
