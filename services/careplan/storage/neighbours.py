"""Reading and keeping the copies of the neighbours' facts: a newer version replaces an older one, never the reverse."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Table, case, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Row
from sqlalchemy.orm import Session

from services.careplan.domain.neighbours import (
    CatalogueEntry,
    ContractLine,
    Host,
    KnownAssessment,
    KnownCentreDecision,
    KnownClient,
    KnownContract,
    KnownDirectChoice,
    KnownProvider,
    KnownUnit,
    KnownVoucher,
)
from services.careplan.domain.terms import Arrangement, CareUnit, OperatorKind
from services.careplan.storage import copies


def keep(session: Session, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert the row or replace one of an older version; tells whether it was newer than what was known."""
    key = [column.name for column in table.primary_key]
    insertion = insert(table).values(values)
    changes = {name: insertion.excluded[name] for name in values if name not in key}
    upsert = insertion.on_conflict_do_update(
        index_elements=key, set_=changes, where=table.c.version < insertion.excluded.version
    )
    return session.execute(upsert.returning(table.c.version)).first() is not None


def keep_client(session: Session, known: KnownClient, today: date) -> None:
    """Insert the client or replace an older version; what it was flagged since stays while it is flagged."""
    table, flagged = copies.client_copy, today if known.attention else None
    insertion = insert(table).values({**vars(known), "attention": list(known.attention), "attention_since": flagged})
    known_since = func.coalesce(table.c.attention_since, today)
    since = case((insertion.excluded.attention_since.is_not(None), known_since))
    changes = {name: insertion.excluded[name] for name in ("status", "attention", "own_worker_named", "version")}
    session.execute(
        insertion.on_conflict_do_update(
            index_elements=["client_id"],
            set_=changes | {"attention_since": since},
            where=table.c.version < insertion.excluded.version,
        )
    )


def keep_assessment(session: Session, assessment: KnownAssessment) -> None:
    """Keep a completion; whether it was superseded meanwhile stays as known."""
    insertion = insert(copies.assessment_copy).values(vars(assessment))
    changes = {name: insertion.excluded[name] for name in ("client_id", "completed_date", "plan_needed")}
    session.execute(insertion.on_conflict_do_update(index_elements=["assessment_id"], set_=changes))


def supersede_assessment(session: Session, assessment_id: UUID, client_id: UUID) -> None:
    """Note that a newer assessment took its place, also when its own completion has not arrived."""
    values = {"assessment_id": assessment_id, "client_id": client_id, "plan_needed": False, "superseded": True}
    insertion = insert(copies.assessment_copy).values(values)
    session.execute(insertion.on_conflict_do_update(index_elements=["assessment_id"], set_={"superseded": True}))


def client(session: Session, client_id: UUID) -> KnownClient | None:
    """The client, if known."""
    row = _one(session, copies.client_copy, client_id)
    return None if row is None else KnownClient(**{**row._mapping, "attention": tuple(row.attention)})


def assessment(session: Session, assessment_id: UUID) -> KnownAssessment | None:
    """The completed assessment, if known."""
    row = _one(session, copies.assessment_copy, assessment_id)
    return None if row is None or row.completed_date is None else KnownAssessment(**row._mapping)


def newest_assessment(session: Session, client_id: UUID) -> KnownAssessment | None:
    """The client's newest completed assessment that was not superseded, if one is known."""
    table = copies.assessment_copy
    query = select(table).where(
        table.c.client_id == client_id, table.c.completed_date.is_not(None), table.c.superseded.is_(False)
    )
    row = session.execute(query.order_by(table.c.completed_date.desc(), table.c.assessment_id).limit(1)).first()
    return None if row is None else KnownAssessment(**row._mapping)


def catalogue(session: Session, codes: Sequence[str]) -> dict[str, CatalogueEntry]:
    """The entries of these services that the catalogue has."""
    table = copies.catalogue_copy
    rows = session.execute(select(table).where(table.c.service_code.in_(codes)))
    return {row.service_code: _entry(row) for row in rows}


def provider(session: Session, provider_id: UUID) -> KnownProvider | None:
    """The provider, if known."""
    return providers(session, [provider_id]).get(provider_id)


def is_county(session: Session, organisation: UUID | None) -> bool:
    """Whether the organisation is the county's own enterprise."""
    known = provider(session, organisation) if organisation else None
    return known is not None and known.is_county_enterprise


def providers(session: Session, ids: Sequence[UUID]) -> dict[UUID, KnownProvider]:
    """Those of the providers that are known."""
    table = copies.provider_copy
    rows = session.execute(select(table).where(table.c.provider_id.in_(ids)))
    return {row.provider_id: _provider(row) for row in rows}


def host(session: Session, unit_id: UUID, service_code: str) -> Host | None:
    """The unit, whosever it is, with the county's decisions to give the service there."""
    owner, decision = copies.provider_copy, copies.centre_decision_copy
    owners = session.execute(select(owner).where(owner.c.units.contains([{"unit_id": str(unit_id)}])))
    units = (_provider(row).unit(unit_id) for row in owners)
    unit = next((one for one in units if one is not None), None)
    if unit is None:
        return None
    rows = session.execute(select(decision).where(decision.c.service_code == service_code))
    return Host(unit, tuple(KnownCentreDecision(**{**row._mapping, "unit_ids": tuple(row.unit_ids)}) for row in rows))


def contracts_of(session: Session, provider_ids: Sequence[UUID]) -> list[KnownContract]:
    """The contracts of these providers, newest period first."""
    table = copies.contract_copy
    query = select(table).where(table.c.provider_id.in_(provider_ids))
    rows = session.execute(query.order_by(table.c.valid_from.desc(), table.c.contract_id))
    return [_contract(row) for row in rows]


def contract(session: Session, contract_id: UUID) -> KnownContract | None:
    """The contract, if known."""
    row = _one(session, copies.contract_copy, contract_id)
    return None if row is None else _contract(row)


def contract_for(session: Session, provider_id: UUID, service_code: str, on: date) -> KnownContract | None:
    """The provider's contract of that day that counts: one with the service before one without (S1.30)."""
    on_that_day = [one for one in contracts_of(session, [provider_id]) if one.valid_from <= on <= one.valid_to]
    on_that_day.sort(key=lambda one: all(line.service_code != service_code for line in one.lines))
    return on_that_day[0] if on_that_day else None


def direct_choice(session: Session, client_id: UUID, kind: str) -> KnownDirectChoice | None:
    """The client's choice of this kind that is in force, if one is known."""
    in_force = (one for one in direct_choices(session, client_id) if one.ended_date is None)
    return next((one for one in in_force if one.kind == kind), None)


def direct_choices(session: Session, client_id: UUID) -> list[KnownDirectChoice]:
    """The client's choices as far as they are known, newest first; one that ended tells its last day."""
    table = copies.direct_choice_copy
    query = select(table).where(table.c.client_id == client_id)
    rows = session.execute(query.order_by(table.c.from_date.desc(), table.c.choice_id))
    return [KnownDirectChoice(**row._mapping) for row in rows]


def county_enterprise(session: Session) -> KnownProvider | None:
    """The county's own enterprise, once it is approved."""
    table, role = copies.provider_copy, OperatorKind.COUNTY_ENTERPRISE.value
    query = select(table).where(table.c.roles.contains([role]), table.c.status == "APPROVED")
    row = session.execute(query.order_by(table.c.provider_id).limit(1)).first()
    return None if row is None else _provider(row)


def voucher(session: Session, voucher_id: UUID) -> KnownVoucher | None:
    """The voucher, if known."""
    row = _one(session, copies.voucher_copy, voucher_id)
    return None if row is None else KnownVoucher(**row._mapping)


def open_vouchers_of_plan(session: Session, plan_id: UUID, states: Sequence[str]) -> bool:
    """Whether the plan has a voucher in one of these states."""
    table = copies.voucher_copy
    query = select(table.c.voucher_id).where(table.c.plan_id == plan_id, table.c.status.in_(states))
    return session.execute(query.limit(1)).first() is not None


def _one(session: Session, table: Table, key: UUID) -> Row[Any] | None:
    (column,) = table.primary_key
    return session.execute(select(table).where(column == key)).one_or_none()


def _entry(row: Row[Any]) -> CatalogueEntry:
    arrangements = tuple(Arrangement(one) for one in row.arrangements)
    return CatalogueEntry(**{**row._mapping, "arrangements": arrangements, "unit": CareUnit(row.unit)})


def provider_values(known: KnownProvider) -> dict[str, Any]:
    """A provider as a row."""
    units = [
        {"unit_id": str(unit.unit_id), "name": unit.name, "kind": unit.kind, "area": list(unit.area)}
        for unit in known.units
    ]
    return {**vars(known), "roles": list(known.roles), "units": units}


def _provider(row: Row[Any]) -> KnownProvider:
    units = tuple(
        KnownUnit(UUID(unit["unit_id"]), unit["name"], unit["kind"], tuple(unit.get("area", ()))) for unit in row.units
    )
    return KnownProvider(**{**row._mapping, "roles": tuple(row.roles), "units": units})


def contract_values(known: KnownContract) -> dict[str, Any]:
    """A contract as a row."""
    lines = [{"service_code": one.service_code, "unit_ids": [str(uid) for uid in one.unit_ids]} for one in known.lines]
    return {**vars(known), "lines": lines}


def _contract(row: Row[Any]) -> KnownContract:
    lines = tuple(ContractLine(one["service_code"], tuple(UUID(uid) for uid in one["unit_ids"])) for one in row.lines)

    return KnownContract(**{**row._mapping, "lines": lines})
