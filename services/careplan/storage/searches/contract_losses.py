"""What contracts no longer carry, and the planned services and searches it concerns
(PROCESS-C1, PROCESS-C9, INV-20)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import (
    Column,
    Date,
    Table,
    Text,
    Uuid,
    delete,
    exists,
    or_,
    select,
)
from sqlalchemy.orm import Session

from services.careplan.domain.plans.plan_service import HELD
from services.careplan.domain.plans.plan_states import IN_FORCE
from services.careplan.domain.searches.contract_losses import EVERY_SERVICE
from services.careplan.domain.searches.reroute_case import (
    WAITING,
    RerouteCase,
    RerouteCause,
)
from services.careplan.storage.columns import METADATA
from services.careplan.storage.neighbours.providers import contract_copy
from services.careplan.storage.plans import plan_service_table, plan_table
from services.careplan.storage.searches.reroute_cases import reroute_case_table
from services.chassis.copies import keep_once
from services.kernel.care import Arrangement

contract_loss = Table(
    "contract_loss",
    METADATA,
    Column("contract_id", Uuid, primary_key=True),
    Column("service_code", Text, primary_key=True, comment="empty: every service"),
    Column("cut_off", Date, nullable=False, comment="the first day it is no longer served"),
    comment="what contracts no longer carry: planned services that rest on it are re-routed (PROCESS-C1, INV-20)",
)
_case, _loss = reroute_case_table.c, contract_loss.c


def record_losses(session: Session, contract_id: UUID, lost: dict[str, date]) -> None:
    """What the contract no longer carries from now on, and nothing else; a day that is known stays."""
    regained = delete(contract_loss).where(_loss.contract_id == contract_id, _loss.service_code.not_in(lost))
    session.execute(regained)
    for service_code, cut_off in lost.items():
        values = {"contract_id": contract_id, "service_code": service_code, "cut_off": cut_off}
        keep_once(session, contract_loss, values)


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
    service, plan = plan_service_table.c, plan_table.c
    query = (
        select(service.plan_id, service.id.label("plan_service_id"), _loss.cut_off)
        .join_from(contract_loss, plan_service_table, service.contract_id == _loss.contract_id)
        .join(plan_table, plan.id == service.plan_id)
        .where(
            or_(_loss.service_code == EVERY_SERVICE, _loss.service_code == service.service_code),
            service.state.in_(HELD),
            service.arrangement != Arrangement.VOUCHER,
            service.to_date >= _loss.cut_off,
            plan.state.in_(IN_FORCE),
        )
    )
    return [Lost(**row._mapping) for row in session.execute(query.order_by(service.plan_id, service.id).limit(limit))]


def carried_again(session: Session, limit: int) -> Sequence[RerouteCase]:
    """Searches, not by voucher, whose old contract carries the service again (PROCESS-C9); the caller locks them."""
    contract = contract_copy.c
    gone = exists().where(
        _loss.contract_id == _case.old_contract_id,
        or_(_loss.service_code == EVERY_SERVICE, _loss.service_code == _case.service_code),
    )
    query = select(RerouteCase).where(
        _case.state.in_(WAITING),
        _case.cause == RerouteCause.CONTRACT,
        _case.voucher_id.is_(None),
        exists().where(contract.contract_id == _case.old_contract_id, contract.state == "ACTIVE"),
        ~gone,
    )
    return session.execute(query.order_by(_case.plan_id, _case.id).limit(limit)).scalars().all()
