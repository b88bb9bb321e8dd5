"""Copies of neighbours' facts: kept when newer, read as this service's domain knows them."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.kernel.representing import GuardianDenialCopy, RepresentativeCopy
from services.package.domain.neighbours import (
    AssessmentCopy,
    CatalogueCopy,
    ClientCopy,
    ContractCopy,
    Market,
    ProviderCopy,
)
from services.package.storage import tables


def keep_provider(session: Session, copy: ProviderCopy) -> None:
    """Keep the provider unless a newer version is known."""
    values = {"provider_id": copy.provider_id, "version": copy.version, "body": copy}
    _keep_newer(session, tables.provider_copy, tables.provider_copy.c.provider_id, values)


def keep_contract(session: Session, copy: ContractCopy) -> None:
    """Keep the contract unless a newer version is known."""
    values = {
        "contract_id": copy.contract_id,
        "provider_id": copy.provider_id,
        "version": copy.version,
        "body": copy,
    }
    _keep_newer(session, tables.contract_copy, tables.contract_copy.c.contract_id, values)


def keep_catalogue(session: Session, copy: CatalogueCopy) -> None:
    """Keep the catalogue entry unless a newer version is known."""
    values = {"service_code": copy.service_code, "version": copy.version, "body": copy}
    _keep_newer(session, tables.catalogue_copy, tables.catalogue_copy.c.service_code, values)


def keep_client(session: Session, copy: ClientCopy) -> None:
    """Keep the client's state unless a newer version is known."""
    values = {"client_id": copy.client_id, "version": copy.version, "status": copy.status}
    _keep_newer(session, tables.client_copy, tables.client_copy.c.client_id, values)


def keep_representative(session: Session, copy: RepresentativeCopy) -> None:
    """Keep who stands for a client unless a newer version is known."""
    rows = tables.representative_copy
    _keep_newer(session, rows, rows.c.representative_id, vars(copy))


def keep_guardian_denial(session: Session, copy: GuardianDenialCopy) -> None:
    """Keep a minor's word that keeps a guardian out unless a newer version is known."""
    rows = tables.guardian_denial_copy
    values = {
        "consent_id": copy.consent_id,
        "client_id": copy.client_id,
        "in_force": copy.in_force,
        "version": copy.version,
    }
    _keep_newer(session, rows, rows.c.consent_id, values)


def keep_assessment(session: Session, copy: AssessmentCopy) -> None:
    """Keep a completed assessment; it never changes."""
    values = {
        "assessment_id": copy.assessment_id,
        "client_id": copy.client_id,
        "completed_date": copy.completed_date,
        "body": copy,
    }
    session.execute(insert(tables.assessment_copy).values(**values).on_conflict_do_nothing())


def keep_superseded(session: Session, assessment_id: UUID) -> None:
    """Note that the assessment no longer counts."""
    rows = tables.superseded_assessment_copy
    session.execute(insert(rows).values(assessment_id=assessment_id).on_conflict_do_nothing())


def keep_discarded(session: Session, plan_id: UUID, version: int) -> None:
    """Note that the plan, or a review of it, was discarded at this version; the newest time counts."""
    values = {"plan_id": plan_id, "version": version}
    _keep_newer(session, tables.discarded_plan_copy, tables.discarded_plan_copy.c.plan_id, values)


def is_discarded(session: Session, plan_id: UUID, *, after: int) -> bool:
    """Whether what stood in the plan at version `after` was discarded later."""
    rows = tables.discarded_plan_copy
    return bool(session.scalar(select(exists().where(rows.c.plan_id == plan_id, rows.c.version > after))))


def keep_delivery(session: Session, delivery_id: UUID, plan_service_id: UUID, units: int) -> None:
    """Note a delivery; it never changes."""
    values = {"delivery_id": delivery_id, "plan_service_id": plan_service_id, "units": units}
    session.execute(insert(tables.delivery_copy).values(**values).on_conflict_do_nothing())


def delivered(session: Session, plan_service_ids: Iterable[UUID | None]) -> dict[UUID, int]:
    """The units delivered of these planned services."""
    rows = tables.delivery_copy
    query = select(rows.c.plan_service_id, func.sum(rows.c.units)).group_by(rows.c.plan_service_id)
    known = [one for one in plan_service_ids if one is not None]
    return {uid: int(units) for uid, units in session.execute(query.where(rows.c.plan_service_id.in_(known)))}


def provider(session: Session, provider_id: UUID) -> ProviderCopy | None:
    """The provider as last heard of."""
    rows = tables.provider_copy
    return session.scalar(select(rows.c.body).where(rows.c.provider_id == provider_id))


def client(session: Session, client_id: UUID) -> ClientCopy | None:
    """The client's state as last heard of."""
    rows = tables.client_copy
    found = session.execute(select(rows).where(rows.c.client_id == client_id)).one_or_none()
    return None if found is None else ClientCopy(client_id=client_id, status=found.status, version=found.version)


def representing(session: Session, client_id: UUID, holder: UUID) -> list[RepresentativeCopy]:
    """Everything by which the holder, a client too, stands for the client."""
    rows = tables.representative_copy
    query = select(rows).where(rows.c.client_id == client_id, rows.c.representative_client_id == holder)
    return [RepresentativeCopy(**row._mapping) for row in session.execute(query)]


def guardian_denials(session: Session, client_id: UUID) -> list[GuardianDenialCopy]:
    """What the client said to keep a guardian out."""
    rows = tables.guardian_denial_copy
    found = session.execute(select(rows).where(rows.c.client_id == client_id))
    return [GuardianDenialCopy(**row._mapping) for row in found]


def assessment(session: Session, assessment_id: UUID) -> AssessmentCopy | None:
    """A completed assessment."""
    rows = tables.assessment_copy
    return session.scalar(select(rows.c.body).where(rows.c.assessment_id == assessment_id))


def is_superseded(session: Session, assessment_id: UUID) -> bool:
    """Whether the assessment no longer counts."""
    rows = tables.superseded_assessment_copy
    return bool(session.scalar(select(exists().where(rows.c.assessment_id == assessment_id))))


def newest_assessment(session: Session, client_id: UUID) -> AssessmentCopy | None:
    """The client's newest completed assessment that still counts."""
    rows, gone = tables.assessment_copy, tables.superseded_assessment_copy
    query = (
        select(rows.c.body)
        .where(rows.c.client_id == client_id, ~exists().where(gone.c.assessment_id == rows.c.assessment_id))
        .order_by(rows.c.completed_date.desc(), rows.c.assessment_id)
        .limit(1)
    )
    return session.scalar(query)


def market(session: Session, provider_ids: Iterable[UUID], service_codes: Iterable[str], day: date) -> Market:
    """Who of these providers could deliver which of these services on `day`."""
    wanted = list(provider_ids)
    providers, contracts, entries = tables.provider_copy, tables.contract_copy, tables.catalogue_copy
    found = session.scalars(select(providers.c.body).where(providers.c.provider_id.in_(wanted)))
    held = session.scalars(
        select(contracts.c.body).where(contracts.c.provider_id.in_(wanted)).order_by(contracts.c.contract_id)
    )
    listed = session.scalars(select(entries.c.body).where(entries.c.service_code.in_(list(service_codes))))
    return Market(
        providers={one.provider_id: one for one in found},
        contracts=list(held),
        catalogue={one.service_code: one for one in listed},
        day=day,
    )


def _keep_newer(session: Session, table: Table, key: Column[Any], values: dict[str, Any]) -> None:
    insertion = insert(table).values(**values)
    changed = {name: insertion.excluded[name] for name in values if name != key.name}
    newer = insertion.excluded["version"] > table.c.version
    session.execute(insertion.on_conflict_do_update(index_elements=[key], set_=changed, where=newer))
