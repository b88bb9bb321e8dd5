"""Loading the searches for another provider, and finding what starts, moves and ends them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Result, Select, and_, delete, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.careplan.domain.contract_losses import EVERY_SERVICE
from services.careplan.domain.plan_service import HELD
from services.careplan.domain.plan_states import IN_FORCE
from services.careplan.domain.reroute import RESOLVED, SEARCHING, WAITING, RerouteCase, RerouteCause
from services.careplan.domain.terms import Arrangement
from services.careplan.storage import copies, tables
from services.careplan.storage.reroute_tables import contract_loss, provider_refusal, reroute_case, support_copy

_case, _loss, _support = reroute_case.c, contract_loss.c, support_copy.c


def locked(session: Session, case_id: UUID) -> RerouteCase | None:
    """The case, its row locked; the caller holds the lock of its plan, if it has one."""
    return _locked(session, select(RerouteCase).where(_case.id == case_id)).scalar_one_or_none()


def plan_of(session: Session, case_id: UUID) -> UUID | None:
    """The plan a case is about."""
    return session.execute(select(_case.plan_id).where(_case.id == case_id)).scalar_one_or_none()


def searching_of_plan(session: Session, plan_id: UUID) -> Sequence[RerouteCase]:
    """The plan's searches, their rows locked; the caller holds the lock of the plan."""
    query = select(RerouteCase).where(_case.plan_id == plan_id, _case.status.in_(SEARCHING))
    return _locked(session, query.order_by(_case.id)).scalars().all()


def searching_for(session: Session, subject_id: UUID) -> RerouteCase | None:
    """The search for a planned service, or for a voucher without a plan, its row locked."""
    lone = and_(_case.plan_service_id.is_(None), _case.voucher_id == subject_id)
    query = select(RerouteCase).where(_case.status.in_(SEARCHING), or_(_case.plan_service_id == subject_id, lone))
    return _locked(session, query).scalar_one_or_none()


def searching_without_plan(session: Session, client_id: UUID) -> Sequence[RerouteCase]:
    """The client's searches of vouchers without a plan, their rows locked."""
    query = select(RerouteCase).where(
        _case.client_id == client_id, _case.plan_id.is_(None), _case.status.in_(SEARCHING)
    )
    return _locked(session, query.order_by(_case.id)).scalars().all()


def started_by(session: Session, voucher_id: UUID, version: int) -> bool:
    """Whether this version of the voucher started a search, which may be over."""
    query = select(_case.id).where(_case.voucher_id == voucher_id, _case.started == version)
    return session.execute(query).first() is not None


def shown_of(session: Session, client_id: UUID, limit: int) -> Sequence[RerouteCase]:
    """The client's searches, newest first."""
    query = select(RerouteCase).where(_case.client_id == client_id)
    return session.execute(query.order_by(_case.created_at.desc(), _case.id).limit(limit)).scalars().all()


def former_providers(session: Session, plan_service_id: UUID) -> list[tuple[UUID, date]]:
    """Who served the planned service before, and the first day each no longer did."""
    query = select(_case.old_provider_id, _case.cut_off).where(
        _case.plan_service_id == plan_service_id, _case.cut_off.is_not(None), _case.old_provider_id.is_not(None)
    )
    return [(row.old_provider_id, row.cut_off) for row in session.execute(query)]


def due(session: Session, today: date, limit: int) -> Sequence[RerouteCase]:
    """Searches whose day has passed; the caller locks them."""
    query = select(RerouteCase).where(_case.status.in_(SEARCHING), ~_case.overdue, _case.due < today)
    return session.execute(query.order_by(_case.due, _case.id).limit(limit)).scalars().all()


def handed_over(session: Session, today: date, limit: int) -> Sequence[RerouteCase]:
    """Resolved searches whose handover is over; the caller locks them."""
    query = select(RerouteCase).where(_case.status.in_(RESOLVED), _case.handover_until < today)
    return session.execute(query.order_by(_case.handover_until, _case.id).limit(limit)).scalars().all()


def _locked(session: Session, query: Select[Any]) -> Result[Any]:
    return session.execute(query.with_for_update().execution_options(populate_existing=True))


# What providers refused.


def note_refusal(session: Session, *, source_id: UUID, source_version: int, subject_id: UUID) -> int:
    """Count a refusal for a service, once; gives how many there are."""
    values = {"source_id": source_id, "source_version": source_version, "subject_id": subject_id}
    session.execute(insert(provider_refusal).values(values).on_conflict_do_nothing())
    return refusals_of(session, subject_id)


def refusals_of(session: Session, subject_id: UUID) -> int:
    """How many providers would not take the service on."""
    query = select(func.count()).select_from(provider_refusal).where(provider_refusal.c.subject_id == subject_id)
    return session.execute(query).scalar_one()


# What contracts no longer carry.


def note_losses(session: Session, contract_id: UUID, lost: dict[str, date]) -> None:
    """What the contract no longer carries from now on, and nothing else; a day that is known stays."""
    kept = delete(contract_loss).where(_loss.contract_id == contract_id, _loss.service_code.not_in(lost))
    session.execute(kept)
    for service_code, cut_off in lost.items():
        values = {"contract_id": contract_id, "service_code": service_code, "cut_off": cut_off}
        session.execute(insert(contract_loss).values(values).on_conflict_do_nothing())


def losses_of(session: Session, contract_id: UUID) -> dict[str, date]:
    """What the contract no longer carries, with the first day of it."""
    query = select(_loss.service_code, _loss.cut_off).where(_loss.contract_id == contract_id)
    return {row.service_code: row.cut_off for row in session.execute(query)}


@dataclass(frozen=True)
class Lost:
    """A planned service whose contract no longer carries it."""

    plan_id: UUID
    plan_service_id: UUID
    cut_off: date


def lost_services(session: Session, limit: int) -> list[Lost]:
    """Planned services, not by voucher, that rest on what a contract no longer carries, by plan."""
    service, plan = tables.plan_service.c, tables.plan.c
    query = (
        select(service.plan_id, service.id.label("plan_service_id"), _loss.cut_off)
        .join_from(contract_loss, tables.plan_service, service.contract_id == _loss.contract_id)
        .join(tables.plan, plan.id == service.plan_id)
        .where(
            or_(_loss.service_code == EVERY_SERVICE, _loss.service_code == service.service_code),
            service.status.in_(HELD),
            service.arrangement != Arrangement.VOUCHER,
            service.to_date >= _loss.cut_off,
            plan.status.in_(IN_FORCE),
        )
    )
    return [Lost(**row._mapping) for row in session.execute(query.order_by(service.plan_id, service.id).limit(limit))]


def carried_again(session: Session, limit: int) -> Sequence[RerouteCase]:
    """Searches, not by voucher, whose old contract carries the service again (C9); the caller locks them."""
    contract = copies.contract_copy.c
    gone = exists().where(
        _loss.contract_id == _case.old_contract_id,
        or_(_loss.service_code == EVERY_SERVICE, _loss.service_code == _case.service_code),
    )
    query = select(RerouteCase).where(
        _case.status.in_(WAITING),
        _case.cause == RerouteCause.CONTRACT,
        _case.voucher_id.is_(None),
        exists().where(contract.contract_id == _case.old_contract_id, contract.status == "ACTIVE"),
        ~gone,
    )
    return session.execute(query.order_by(_case.plan_id, _case.id).limit(limit)).scalars().all()


# Support in choosing.


def note_support(
    session: Session, *, guidance_id: UUID, client_id: UUID, voucher_id: UUID | None, given_on: date
) -> None:
    """Keep that a client was given support, once."""
    values = {"guidance_id": guidance_id, "client_id": client_id, "voucher_id": voucher_id, "given_on": given_on}
    session.execute(insert(support_copy).values(values).on_conflict_do_nothing())


def supported_since(session: Session, case: RerouteCase) -> bool:
    """Whether the client was given support in this choice since the case was opened, whichever was heard first."""
    query = select(_support.guidance_id).where(
        _support.client_id == case.client_id,
        _support.voucher_id.is_not_distinct_from(case.voucher_id),
        _support.given_on >= case.opened_on,
    )
    return session.execute(query.limit(1)).first() is not None


def waiting_for_support(session: Session, client_id: UUID, voucher_id: UUID | None) -> Collection[UUID]:
    """The client's searches that support in this choice moves on."""
    query = select(_case.id).where(
        _case.client_id == client_id, _case.voucher_id.is_not_distinct_from(voucher_id), _case.status.in_(WAITING)
    )
    return session.execute(query.order_by(_case.id)).scalars().all()
