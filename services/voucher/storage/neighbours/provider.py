"""Copies of providers with their units, of the catalogue, and of contracts with their lines."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, String, Table, Text, Uuid, select
from sqlalchemy.orm import Session

from services.chassis.columns import TEXTS, UUIDS, TableQuery
from services.chassis.copies import keep_newer, replace_parts
from services.voucher.domain.neighbours.provider import (
    CatalogueCopy,
    ContractCopy,
    ContractLine,
    ProviderCopy,
    UnitCopy,
)
from services.voucher.storage.metadata import METADATA

providers = Table(
    "provider_copy",
    METADATA,
    Column("provider_id", Uuid, primary_key=True),
    Column("business_id", Text, nullable=False),
    Column("display_name", Text, nullable=False),
    Column("roles", TEXTS, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("ownership", Text, nullable=False, server_default=""),
)
units = Table(
    "unit_copy",
    METADATA,
    Column("unit_id", Uuid, primary_key=True),
    Column("provider_id", Uuid, nullable=False),
    Column("code", Text, nullable=False),
    Column("display_name", Text, nullable=False),
    Column("municipality_code", Text, nullable=False),
    Column("modes", TEXTS, nullable=False),
    Column("languages", TEXTS, nullable=False),
    Column("capacity", Integer, nullable=False),
    Index(None, "provider_id"),
)
catalogue = Table(
    "catalogue_copy",
    METADATA,
    Column("service_code", Text, primary_key=True),
    Column("name_fi", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("task", Text, nullable=False, comment="which budget line pays it"),
    Column("arrangements", TEXTS, nullable=False),
    Column("unit", String(40), nullable=False),
    Column("reference_price_cents", BigInteger, nullable=False),
    Column("fee_rule", Text, nullable=False),
    Column("statutory_right", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
)
contracts = Table(
    "contract_copy",
    METADATA,
    Column("contract_id", Uuid, primary_key=True),
    Column("number", Text, nullable=False),
    Column("provider_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date, nullable=False),
    Column("termination_effective", Date),
    Column("version", Integer, nullable=False),
    Column("suspended_from", Date),
    Column("served_until", Date),
    Index(None, "provider_id"),
)
contract_lines = Table(
    "contract_line_copy",
    METADATA,
    Column("contract_id", Uuid, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("service_code", Text, nullable=False),
    Column("unit_ids", UUIDS, nullable=False),
    Column("unit_price_cents", BigInteger, nullable=False),
    Column("voucher", Boolean, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("max_new_clients_month", Integer, nullable=False, server_default="0"),
    Index(None, "service_code"),
)


def keep_provider(session: Session, copy: ProviderCopy) -> None:
    """A provider's newest state with its units."""
    if keep_newer(session, providers, _without(copy, "units")):
        replace_parts(session, units, {"provider_id": copy.provider_id}, [dict(vars(unit)) for unit in copy.units])


def keep_catalogue(session: Session, copy: CatalogueCopy) -> None:
    """A catalogue entry's newest state."""
    keep_newer(session, catalogue, vars(copy))


def keep_contract(session: Session, copy: ContractCopy) -> None:
    """A contract's newest state with its lines."""
    if keep_newer(session, contracts, _without(copy, "lines")):
        lines = [{**vars(line), "position": place} for place, line in enumerate(copy.lines)]
        replace_parts(session, contract_lines, {"contract_id": copy.contract_id}, lines)


def find_provider(session: Session, provider_id: UUID) -> ProviderCopy | None:
    """The provider with its units, if known here."""
    return find_providers(session, [provider_id]).get(provider_id)


def find_providers(session: Session, provider_ids: Collection[UUID]) -> Mapping[UUID, ProviderCopy]:
    """Those of the providers that are known here, with their units."""
    theirs: dict[UUID, list[UnitCopy]] = defaultdict(list)
    for row in session.execute(select(units).where(units.c.provider_id.in_(provider_ids)).order_by(units.c.code)):
        theirs[row.provider_id].append(UnitCopy(**row._mapping))
    rows = session.execute(select(providers).where(providers.c.provider_id.in_(provider_ids)))
    return {row.provider_id: ProviderCopy(**row._mapping, units=tuple(theirs[row.provider_id])) for row in rows}


def lock_provider(session: Session, provider_id: UUID) -> None:
    """Let choices of one provider pass one after another, so that two cannot take its last place."""
    query = select(providers.c.provider_id).where(providers.c.provider_id == provider_id)
    session.execute(query.with_for_update(key_share=True))


def find_catalogue(session: Session, service_code: str) -> CatalogueCopy | None:
    """The catalogue entry, if known here."""
    row = session.execute(select(catalogue).where(catalogue.c.service_code == service_code)).one_or_none()
    return None if row is None else CatalogueCopy(**row._mapping)


def find_contract(session: Session, contract_id: UUID) -> ContractCopy | None:
    """The contract with its lines, if known here."""
    found = _contracts(session, select(contracts).where(contracts.c.contract_id == contract_id))
    return found[0] if found else None


def contracts_of(session: Session, provider_id: UUID) -> list[ContractCopy]:
    """Every contract of the provider known here, by number."""
    return _contracts(session, select(contracts).where(contracts.c.provider_id == provider_id))


def voucher_contracts(session: Session, service_code: str) -> list[ContractCopy]:
    """The active contracts that have the service for vouchers, by number."""
    offering = select(contract_lines.c.contract_id).where(
        contract_lines.c.service_code == service_code, contract_lines.c.voucher
    )
    query = select(contracts).where(contracts.c.contract_id.in_(offering), contracts.c.state == "ACTIVE")
    return _contracts(session, query)


def active_contracts(session: Session, service_code: str) -> list[ContractCopy]:
    """The active contracts that have the service, for vouchers or not, by number."""
    offering = select(contract_lines.c.contract_id).where(contract_lines.c.service_code == service_code)
    query = select(contracts).where(contracts.c.contract_id.in_(offering), contracts.c.state == "ACTIVE")
    return _contracts(session, query)


def _contracts(session: Session, query: TableQuery) -> list[ContractCopy]:
    rows = session.execute(query.order_by(contracts.c.number, contracts.c.contract_id)).all()
    lines: dict[UUID, list[ContractLine]] = defaultdict(list)
    ids = [row.contract_id for row in rows]
    columns = (column for column in contract_lines.c if column.name != "position")
    ordered = select(*columns).where(contract_lines.c.contract_id.in_(ids))
    for line in session.execute(ordered.order_by(contract_lines.c.position)):
        lines[line.contract_id].append(ContractLine(**line._mapping))
    return [ContractCopy(**row._mapping, lines=tuple(lines[row.contract_id])) for row in rows]


def _without(copy: object, name: str) -> dict[str, Any]:
    return {key: value for key, value in vars(copy).items() if key != name}
