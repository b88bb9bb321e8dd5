"""Copies of the provider service's facts: catalogue, providers, contracts, decisions about centres."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, Integer, Table, Text, Uuid, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Session

from services.careplan.domain.neighbours.copies import (
    CatalogueEntryCopy,
    CentreDecisionCopy,
    ContractCopy,
    ContractLine,
    Host,
    ProviderCopy,
    UnitCopy,
)
from services.careplan.domain.terms import OperatorKind
from services.careplan.storage.columns import METADATA
from services.careplan.storage.neighbours.lookup import copy_of
from services.chassis.columns import TableRow
from services.kernel.care import Arrangement

catalogue_copy = Table(
    "catalogue_copy",
    METADATA,
    Column("service_code", Text, primary_key=True),
    Column("name_fi", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("sector", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("task", Text, nullable=False),
    Column("sensitive", Boolean, nullable=False),
    Column("arrangements", ARRAY(Text), nullable=False),
    Column("unit", Text, nullable=False),
    Column("version", Integer, nullable=False),
    comment="the county's service catalogue, of the provider service",
)

provider_copy = Table(
    "provider_copy",
    METADATA,
    Column("provider_id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("ownership", Text, nullable=False),
    Column("roles", ARRAY(Text), nullable=False),
    Column("state", Text, nullable=False),
    Column("units", JSONB, nullable=False),
    Column("version", Integer, nullable=False),
    comment="providers and their units, of the provider service",
)

contract_copy = Table(
    "contract_copy",
    METADATA,
    Column("contract_id", Uuid, primary_key=True),
    Column("provider_id", Uuid, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date, nullable=False),
    Column("lines", JSONB, nullable=False),
    Column("clauses", JSONB, nullable=False),
    Column("version", Integer, nullable=False),
    comment="contracts, of the provider service",
)

centre_decision_copy = Table(
    "centre_decision_copy",
    METADATA,
    Column("decision_id", Uuid, primary_key=True),
    Column("service_code", Text, nullable=False),
    Column("unit_ids", ARRAY(Uuid), nullable=False),
    Column("from_date", Date, nullable=False),
    Column("to_date", Date),
    Column("version", Integer, nullable=False),
    comment="services the county gives at centres, of the provider service",
)


def find_catalogue_entries(session: Session, codes: Sequence[str]) -> dict[str, CatalogueEntryCopy]:
    """The entries of these services that the catalogue has."""
    table = catalogue_copy
    rows = session.execute(select(table).where(table.c.service_code.in_(codes)))
    return {row.service_code: _entry(row) for row in rows}


def find_provider(session: Session, provider_id: UUID) -> ProviderCopy | None:
    """The provider, if known."""
    return find_providers(session, [provider_id]).get(provider_id)


def is_county(session: Session, organisation: UUID | None) -> bool:
    """Whether the organisation is the county's own enterprise."""
    known = find_provider(session, organisation) if organisation else None
    return known is not None and known.is_county_enterprise


def find_providers(session: Session, ids: Sequence[UUID]) -> dict[UUID, ProviderCopy]:
    """Those of the providers that are known."""
    table = provider_copy
    rows = session.execute(select(table).where(table.c.provider_id.in_(ids)))
    return {row.provider_id: _provider(row) for row in rows}


def find_host(session: Session, unit_id: UUID, service_code: str) -> Host | None:
    """The unit, whosever it is, with the county's decisions to give the service there."""
    owner, decision = provider_copy, centre_decision_copy
    owners = session.execute(select(owner).where(owner.c.units.contains([{"unit_id": str(unit_id)}])))
    units = (_provider(row).unit(unit_id) for row in owners)
    unit = next((found for found in units if found is not None), None)
    if unit is None:
        return None
    rows = session.execute(select(decision).where(decision.c.service_code == service_code))
    return Host(unit, tuple(CentreDecisionCopy(**{**row._mapping, "unit_ids": tuple(row.unit_ids)}) for row in rows))


def contracts_of(session: Session, provider_ids: Sequence[UUID]) -> list[ContractCopy]:
    """The contracts of these providers, newest period first."""
    table = contract_copy
    query = select(table).where(table.c.provider_id.in_(provider_ids))
    rows = session.execute(query.order_by(table.c.valid_from.desc(), table.c.contract_id))
    return [_contract(row) for row in rows]


def find_contract(session: Session, contract_id: UUID) -> ContractCopy | None:
    """The contract, if known."""
    row = copy_of(session, contract_copy, contract_id)
    return None if row is None else _contract(row)


def find_contract_for(session: Session, provider_id: UUID, service_code: str, on: date) -> ContractCopy | None:
    """The provider's contract of that day that counts: one with the service before one without (S1.30)."""
    on_that_day = [
        contract for contract in contracts_of(session, [provider_id]) if contract.valid_from <= on <= contract.valid_to
    ]
    on_that_day.sort(key=lambda contract: all(line.service_code != service_code for line in contract.lines))
    return on_that_day[0] if on_that_day else None


def find_county_enterprise(session: Session) -> ProviderCopy | None:
    """The county's own enterprise, once it is approved."""
    table, role = provider_copy, OperatorKind.COUNTY_ENTERPRISE.value
    query = select(table).where(table.c.roles.contains([role]), table.c.state == "APPROVED")
    row = session.execute(query.order_by(table.c.provider_id).limit(1)).first()
    return None if row is None else _provider(row)


def _entry(row: TableRow) -> CatalogueEntryCopy:
    arrangements = tuple(Arrangement(arrangement) for arrangement in row.arrangements)
    return CatalogueEntryCopy(**{**row._mapping, "arrangements": arrangements})


def provider_values(known: ProviderCopy) -> dict[str, Any]:
    """A provider as a row."""
    units = [
        {"unit_id": str(unit.unit_id), "name": unit.name, "kind": unit.kind, "area": list(unit.area)}
        for unit in known.units
    ]
    return {**vars(known), "roles": list(known.roles), "units": units}


def _provider(row: TableRow) -> ProviderCopy:
    units = tuple(
        UnitCopy(UUID(unit["unit_id"]), unit["name"], unit["kind"], tuple(unit.get("area", ()))) for unit in row.units
    )
    return ProviderCopy(**{**row._mapping, "roles": tuple(row.roles), "units": units})


def contract_values(known: ContractCopy) -> dict[str, Any]:
    """A contract as a row."""
    lines = [
        {"service_code": line.service_code, "unit_ids": [str(uid) for uid in line.unit_ids]} for line in known.lines
    ]
    return {**vars(known), "lines": lines}


def _contract(row: TableRow) -> ContractCopy:
    lines = tuple(
        ContractLine(line["service_code"], tuple(UUID(uid) for uid in line["unit_ids"])) for line in row.lines
    )

    return ContractCopy(**{**row._mapping, "lines": lines})
