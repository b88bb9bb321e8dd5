"""Searches for another provider: one at a time for a service or a voucher; refusals and support that move them."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Result,
    Table,
    Text,
    Uuid,
    and_,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Session

from services.careplan.domain.searches.reroute_case import (
    RESOLVED,
    SEARCHING,
    WAITING,
    RerouteCase,
    RerouteCause,
    RerouteState,
)
from services.careplan.domain.searches.support import Support
from services.careplan.storage.columns import MAPPER, METADATA
from services.chassis.columns import INSTANT, TableQuery, code
from services.chassis.copies import keep_once

_SEARCHING = "state IN ('OPEN', 'GUIDED', 'CHOSEN')"

reroute_case_table = Table(
    "reroute_case",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False, index=True),
    Column("plan_id", Uuid, ForeignKey("plan.id"), index=True),
    Column("plan_service_id", Uuid, ForeignKey("plan_service.id"), index=True),
    Column("voucher_id", Uuid),
    Column("service_code", Text, nullable=False),
    Column("cause", code(RerouteCause, "cause", length=30), nullable=False),
    Column("old_provider_id", Uuid),
    Column("old_unit_id", Uuid),
    Column("old_contract_id", Uuid),
    Column("cut_off", Date, comment="the first day the old provider no longer serves"),
    Column("started", Integer, comment="the version of the voucher that told it"),
    Column("opened_on", Date, nullable=False),
    Column("due", Date, nullable=False),
    Column("state", code(RerouteState, "state", length=30), nullable=False),
    Column("refusals", Integer, CheckConstraint("refusals >= 0", name="refusals"), nullable=False),
    Column("overdue", Boolean, nullable=False),
    Column("new_provider_id", Uuid),
    Column("barred_provider_id", Uuid, comment="refused the plan, while the voucher still names it"),
    Column("handover_until", Date),
    Column("version", Integer, nullable=False),
    Column("fact_version", Integer, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("updated_at", INSTANT, nullable=False),
    CheckConstraint("plan_service_id IS NOT NULL OR voucher_id IS NOT NULL", name="about"),
    CheckConstraint("(plan_id IS NULL) = (plan_service_id IS NULL)", name="plan"),
    CheckConstraint("new_provider_id IS NOT NULL OR state NOT IN ('CHOSEN', 'CONFIRMED')", name="chosen"),
    CheckConstraint(
        "handover_until IS NOT NULL OR state NOT IN ('CONFIRMED', 'COUNTY_TAKES_OVER', 'STAYS')", name="handover"
    ),
    Index("uq_reroute_case_of_service", "plan_service_id", unique=True, postgresql_where=text(_SEARCHING)),
    Index(
        "uq_reroute_case_of_voucher",
        "voucher_id",
        unique=True,
        postgresql_where=text(f"plan_service_id IS NULL AND {_SEARCHING}"),
    ),
    Index("uq_reroute_case_started", "voucher_id", "started", unique=True),
    Index("ix_reroute_case_created_at_id", "created_at", "id"),
    Index("ix_reroute_case_due", "due", postgresql_where=text(f"{_SEARCHING} AND NOT overdue")),
    Index("ix_reroute_case_handover", "handover_until", postgresql_where=text("state <> 'CLOSED'")),
    Index("ix_reroute_case_old_contract_id", "old_contract_id", postgresql_where=text(_SEARCHING)),
    comment="another provider is sought (process C); one search at a time for a service, or for a lone voucher",
)

provider_refusal = Table(
    "provider_refusal",
    METADATA,
    Column("source_id", Uuid, primary_key=True, comment="the acknowledgement, or the voucher"),
    Column("source_version", Integer, primary_key=True, comment="of the voucher; 0 of an acknowledgement"),
    Column("subject_id", Uuid, primary_key=True, comment="the planned service, or the voucher of a client without one"),
    Index("ix_provider_refusal_subject_id", "subject_id"),
    comment="providers who would not take a service on (process E); each refusal counts once, whenever it is heard",
)


support_copy = Table(
    "support_copy",
    METADATA,
    Column("guidance_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False, index=True),
    Column("voucher_id", Uuid),
    Column("given_on", Date, nullable=False),
    comment="support given to clients in a choice, of the client service",
)

MAPPER.map_imperatively(
    RerouteCase, reroute_case_table, version_id_col=reroute_case_table.c.version, version_id_generator=False
)
_case, _support = reroute_case_table.c, support_copy.c


def locked(session: Session, case_id: UUID) -> RerouteCase | None:
    """The case, its row locked; the caller holds the lock of its plan, if it has one."""
    return _locked(session, select(RerouteCase).where(_case.id == case_id)).scalar_one_or_none()


def plan_of(session: Session, case_id: UUID) -> UUID | None:
    """The plan a case is about."""
    return session.execute(select(_case.plan_id).where(_case.id == case_id)).scalar_one_or_none()


def searching_of_plan(session: Session, plan_id: UUID) -> Sequence[RerouteCase]:
    """The plan's searches, their rows locked; the caller holds the lock of the plan."""
    query = select(RerouteCase).where(_case.plan_id == plan_id, _case.state.in_(SEARCHING))
    return _locked(session, query.order_by(_case.id)).scalars().all()


def searching_for(session: Session, subject_id: UUID) -> RerouteCase | None:
    """The search for a planned service, or for a voucher without a plan, its row locked."""
    lone = and_(_case.plan_service_id.is_(None), _case.voucher_id == subject_id)
    query = select(RerouteCase).where(_case.state.in_(SEARCHING), or_(_case.plan_service_id == subject_id, lone))
    return _locked(session, query).scalar_one_or_none()


def searching_without_plan(session: Session, client_id: UUID) -> Sequence[RerouteCase]:
    """The client's searches of vouchers without a plan, their rows locked."""
    query = select(RerouteCase).where(_case.client_id == client_id, _case.plan_id.is_(None), _case.state.in_(SEARCHING))
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
    query = select(RerouteCase).where(_case.state.in_(SEARCHING), ~_case.overdue, _case.due < today)
    return session.execute(query.order_by(_case.due, _case.id).limit(limit)).scalars().all()


def handed_over(session: Session, today: date, limit: int) -> Sequence[RerouteCase]:
    """Resolved searches whose handover is over; the caller locks them."""
    query = select(RerouteCase).where(_case.state.in_(RESOLVED), _case.handover_until < today)
    return session.execute(query.order_by(_case.handover_until, _case.id).limit(limit)).scalars().all()


def _locked(session: Session, query: TableQuery) -> Result[Any]:
    return session.execute(query.with_for_update().execution_options(populate_existing=True))


# What providers refused.


def record_refusal(session: Session, *, source_id: UUID, source_version: int, subject_id: UUID) -> int:
    """Count a refusal for a service, once; gives how many there are."""
    values = {"source_id": source_id, "source_version": source_version, "subject_id": subject_id}
    keep_once(session, provider_refusal, values)
    return refusals_of(session, subject_id)


def refusals_of(session: Session, subject_id: UUID) -> int:
    """How many providers would not take the service on."""
    query = select(func.count()).select_from(provider_refusal).where(provider_refusal.c.subject_id == subject_id)
    return session.execute(query).scalar_one()


# Support in choosing.


def record_support(session: Session, support: Support) -> None:
    """Store that a client was given support, once."""
    keep_once(session, support_copy, vars(support))


def supported_since(session: Session, case: RerouteCase) -> bool:
    """Whether the client was given support in this choice since the case was opened, in any order of the news."""
    query = select(_support.guidance_id).where(
        _support.client_id == case.client_id,
        _support.voucher_id.is_not_distinct_from(case.voucher_id),
        _support.given_on >= case.opened_on,
    )
    return session.execute(query.limit(1)).first() is not None


def waiting_for_support(session: Session, client_id: UUID, voucher_id: UUID | None) -> Collection[UUID]:
    """The client's searches that support in this choice moves on."""
    query = select(_case.id).where(
        _case.client_id == client_id, _case.voucher_id.is_not_distinct_from(voucher_id), _case.state.in_(WAITING)
    )
    return session.execute(query.order_by(_case.id)).scalars().all()
