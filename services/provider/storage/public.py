"""Who stands on the public list of providers: approved, with a contract in force, and fitting the filters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, and_, column, func, or_, select, true, tuple_
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from services.provider.domain.contract import Contract, ContractState
from services.provider.domain.provider import Provider, ProviderState
from services.provider.storage import tables

_PROVIDER, _CONTRACT, _UNIT = tables.provider, tables.contract, tables.service_unit


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What is asked for; an empty text asks for nothing. They hold together for one line and one of its units."""

    service_code: str = ""
    municipality_code: str = ""
    language: str = ""
    mode: str = ""
    accessibility: str = ""


def listed(filters: Filters, *, day: date, after: UUID | None) -> Select[Provider]:
    """Those on the list on `day`, by name, after the provider `after`."""
    name = func.lower(_PROVIDER.c.application.cast(JSONB)["display_name"].astext).collate("C")
    query = select(Provider).where(_PROVIDER.c.state == ProviderState.APPROVED, _fits(filters, day))
    if after is not None:
        before = _PROVIDER.alias("before")
        last = func.lower(before.c.application.cast(JSONB)["display_name"].astext).collate("C")
        place = select(last, before.c.id).where(before.c.id == after)
        query = query.where(tuple_(name, _PROVIDER.c.id) > place.scalar_subquery())
    return query.order_by(name, _PROVIDER.c.id)


def contracts_on(session: Session, provider_ids: Sequence[UUID], *, day: date) -> Sequence[Contract]:
    """The contracts of these providers in force on `day`, by number."""
    query = select(Contract).where(_CONTRACT.c.provider_id.in_(provider_ids), _in_force(day))
    return session.scalars(query.order_by(_CONTRACT.c.number)).all()


def _in_force(day: date) -> ColumnElement[bool]:
    terms = _CONTRACT.c.terms.cast(JSONB)  # ISO dates sort as text
    return and_(
        _CONTRACT.c.state == ContractState.ACTIVE,
        terms["valid_from"].astext <= day.isoformat(),
        terms["valid_to"].astext >= day.isoformat(),
        or_(_CONTRACT.c.termination_effective.is_(None), _CONTRACT.c.termination_effective >= day),
    )


def _fits(filters: Filters, day: date) -> ColumnElement[bool]:
    elements = func.jsonb_array_elements(_CONTRACT.c.terms.cast(JSONB)["lines"])
    lines = elements.table_valued(column("value", JSONB), name="line")
    line = lines.c.value
    fitting = select(_CONTRACT.c.id).select_from(_CONTRACT.join(lines, true()))
    fitting = fitting.where(_CONTRACT.c.provider_id == _PROVIDER.c.id, _in_force(day))
    if filters.service_code:
        fitting = fitting.where(line["service_code"].astext == filters.service_code)
    asked = _unit_fits(filters)
    if asked:
        named = line["unit_ids"]
        allowed = or_(named == func.jsonb_build_array(), named.has_key(_UNIT.c.id.cast(Text)))
        units = select(_UNIT.c.id).where(_UNIT.c.provider_id == _CONTRACT.c.provider_id, allowed, *asked)
        fitting = fitting.where(units.correlate(_CONTRACT, lines).exists())
    return fitting.correlate(_PROVIDER).exists()


def _unit_fits(filters: Filters) -> list[ColumnElement[bool]]:
    terms = _UNIT.c.terms.cast(JSONB)
    asked: list[ColumnElement[bool]] = []
    if filters.municipality_code:
        areas = terms["area_municipality_codes"]
        nowhere = and_(terms["municipality_code"].astext == "", areas == func.jsonb_build_array())
        there = terms["municipality_code"].astext == filters.municipality_code
        asked.append(or_(there, areas.has_key(filters.municipality_code), nowhere))
    if filters.language:
        asked.append(terms["languages"].has_key(filters.language))
    if filters.mode:
        asked.append(terms["modes"].has_key(filters.mode))
    if filters.accessibility:
        asked.append(terms["accessibility"].has_key(filters.accessibility))
    return asked
