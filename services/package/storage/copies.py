"""Copies of neighbours' facts: stored when newer, read as this service's domain knows them."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from services.chassis.copies import keep_newer, keep_once
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
    """Store the provider unless a newer version is here."""
    keep_newer(session, tables.provider_copy, {"provider_id": copy.provider_id, "version": copy.version, "body": copy})


def keep_contract(session: Session, copy: ContractCopy) -> None:
    """Store the contract unless a newer version is here."""
    values = {
        "contract_id": copy.contract_id,
        "provider_id": copy.provider_id,
        "version": copy.version,
        "body": copy,
    }
    keep_newer(session, tables.contract_copy, values)


def keep_catalogue_service(session: Session, copy: CatalogueCopy) -> None:
    """Store the catalogue entry unless a newer version is here."""
    values = {"service_code": copy.service_code, "version": copy.version, "body": copy}
    keep_newer(session, tables.catalogue_copy, values)


def keep_client(session: Session, copy: ClientCopy) -> None:
    """Store the client's state unless a newer version is here."""
    keep_newer(session, tables.client_copy, vars(copy))


def keep_representative(session: Session, copy: RepresentativeCopy) -> None:
    """Store who represents a client unless a newer version is here."""
    keep_newer(session, tables.representative_copy, vars(copy))


def keep_guardian_denial(session: Session, copy: GuardianDenialCopy) -> None:
    """Store a minor's word that keeps a guardian out unless a newer version is here; its sector is not asked here."""
    values = {name: value for name, value in vars(copy).items() if name != "sector"}
    keep_newer(session, tables.guardian_denial_copy, values)


def keep_assessment(session: Session, copy: AssessmentCopy) -> None:
    """Store a completed assessment; it never changes."""
    values = {
        "assessment_id": copy.assessment_id,
        "client_id": copy.client_id,
        "completed_date": copy.completed_date,
        "body": copy,
    }
    keep_once(session, tables.assessment_copy, values)


def supersede_assessment(session: Session, assessment_id: UUID) -> None:
    """Store that the assessment no longer counts."""
    keep_once(session, tables.superseded_assessment_copy, {"assessment_id": assessment_id})


def keep_discarded(session: Session, plan_id: UUID, version: int) -> None:
    """Store that the plan, or a review of it, was discarded at this version; the newest time counts."""
    keep_newer(session, tables.discarded_plan_copy, {"plan_id": plan_id, "version": version})


def is_discarded(session: Session, plan_id: UUID, *, after: int) -> bool:
    """Whether what stood in the plan at version `after` was discarded later."""
    rows = tables.discarded_plan_copy
    return bool(session.scalar(select(exists().where(rows.c.plan_id == plan_id, rows.c.version > after))))


def keep_delivery(session: Session, delivery_id: UUID, plan_service_id: UUID, units: int) -> None:
    """Store a delivery; it never changes."""
    values = {"delivery_id": delivery_id, "plan_service_id": plan_service_id, "units": units}
    keep_once(session, tables.delivery_copy, values)


def delivered(session: Session, plan_service_ids: Iterable[UUID | None]) -> dict[UUID, int]:
    """The units delivered of these planned services."""
    rows = tables.delivery_copy
    query = select(rows.c.plan_service_id, func.sum(rows.c.units)).group_by(rows.c.plan_service_id)
    known = [plan_service_id for plan_service_id in plan_service_ids if plan_service_id is not None]
    units = session.execute(query.where(rows.c.plan_service_id.in_(known)))
    return {plan_service_id: int(delivered) for plan_service_id, delivered in units}


def provider(session: Session, provider_id: UUID) -> ProviderCopy | None:
    """The provider as last heard of."""
    rows = tables.provider_copy
    return session.scalar(select(rows.c.body).where(rows.c.provider_id == provider_id))


def client(session: Session, client_id: UUID) -> ClientCopy | None:
    """The client's state as last heard of."""
    rows = tables.client_copy
    row = session.execute(select(rows).where(rows.c.client_id == client_id)).one_or_none()
    return None if row is None else ClientCopy(**row._mapping)


def representing(session: Session, client_id: UUID, holder: UUID) -> list[RepresentativeCopy]:
    """Everything by which the holder, a client too, stands for the client."""
    rows = tables.representative_copy
    query = select(rows).where(rows.c.client_id == client_id, rows.c.representative_client_id == holder)
    return [RepresentativeCopy(**row._mapping) for row in session.execute(query)]


def guardian_denials(session: Session, client_id: UUID) -> list[GuardianDenialCopy]:
    """What the client said to keep a guardian out."""
    rows = tables.guardian_denial_copy
    query = select(rows).where(rows.c.client_id == client_id)
    return [GuardianDenialCopy(**row._mapping) for row in session.execute(query)]


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
    named, codes = list(provider_ids), list(service_codes)
    providers, contracts, entries = tables.provider_copy, tables.contract_copy, tables.catalogue_copy
    provider_copies = session.scalars(select(providers.c.body).where(providers.c.provider_id.in_(named)))
    contract_copies = session.scalars(
        select(contracts.c.body).where(contracts.c.provider_id.in_(named)).order_by(contracts.c.contract_id)
    )
    catalogue_copies = session.scalars(select(entries.c.body).where(entries.c.service_code.in_(codes)))
    return Market(
        providers={provider.provider_id: provider for provider in provider_copies},
        contracts=list(contract_copies),
        catalogue={entry.service_code: entry for entry in catalogue_copies},
        day=day,
    )
