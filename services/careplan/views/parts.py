"""Which organisations have a part in a client's care now, by the rows of this service (RELATIONSHIP-1)."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select, union
from sqlalchemy.orm import Session

from services.careplan.domain.chains.chain_step import ChainStepState
from services.careplan.domain.plans.plan_service import PlanServiceState
from services.careplan.domain.plans.plan_states import OPEN
from services.careplan.domain.searches.reroute_case import RerouteCause, RerouteState
from services.careplan.domain.transfers.operator_transfer import UNDER_WAY
from services.careplan.storage.chains import chain_step_table
from services.careplan.storage.consultations import consultation_table
from services.careplan.storage.neighbours.clients import direct_choice_copy
from services.careplan.storage.neighbours.vouchers import voucher_copy
from services.careplan.storage.plans import plan_service_table, plan_table
from services.careplan.storage.searches.reroute_cases import reroute_case_table
from services.careplan.storage.transfers import transfer_table

OVER = (PlanServiceState.COMPLETED, PlanServiceState.CANCELLED)
AT_PROVIDER = ("RESERVED", "ACTIVE", "PARTIALLY_REDEEMED", "CLOSING")
REFERRED = tuple(
    ChainStepState(state) for state in ("SENT", "RECEIVED", "ACCEPTED", "SCHEDULED", "IN_PROGRESS", "COMPLETED")
)
_WOULD_NOT = (RerouteCause.PLAN_REFUSED, RerouteCause.VOUCHER_REFUSED, RerouteCause.DECLINED)
# Who would not serve the client has nothing to hand over.
_HANDING_OVER = (
    reroute_case_table.c.state.not_in((RerouteState.STAYS, RerouteState.CLOSED)),
    reroute_case_table.c.cause.not_in(_WOULD_NOT),
)


def reads_plan(organisation: UUID | None) -> ColumnElement[bool]:
    """Which plans an organisation has a part in: it operates, delivers, hands over, is asked about or is offered them.

    Whose service is done or left out has no part any more; who was left for another keeps it until it has handed over.
    """
    plan, transfer = plan_table.c, transfer_table.c
    return or_(
        plan.operator_organisation_id == organisation,
        _serving(plan.id, organisation),
        _handing_over(plan.id, organisation),
        _asked(plan.id, organisation),
        exists().where(
            transfer.plan_id == plan.id, transfer.to_organisation_id == organisation, transfer.state.in_(UNDER_WAY)
        ),
    )


def _serving(plan_id: Any, organisation: UUID | None) -> ColumnElement[bool]:
    service, plan = plan_service_table.c, plan_table.c
    return plan.state.in_(OPEN) & exists().where(
        service.plan_id == plan_id, service.provider_id == organisation, service.state.not_in(OVER)
    )


def _handing_over(plan_id: Any, organisation: UUID | None) -> ColumnElement[bool]:
    case = reroute_case_table.c
    return exists().where(case.plan_id == plan_id, case.old_provider_id == organisation, *_HANDING_OVER)


def _asked(plan_id: Any, organisation: UUID | None) -> ColumnElement[bool]:
    """About the version being drawn up: with its activation being asked becomes serving, or is over."""
    consultation, plan = consultation_table.c, plan_table.c
    return plan.state.in_(OPEN) & exists().where(
        consultation.plan_id == plan_id,
        consultation.provider_id == organisation,
        consultation.superseded.is_(False),
        consultation.for_major > plan.major,
    )


def organisations_of(session: Session, client_id: UUID) -> frozenset[UUID]:
    """Who operates, serves or hands over, was chosen directly or by voucher, or was sent the client."""
    plan, service, case, choice = plan_table.c, plan_service_table.c, reroute_case_table.c, direct_choice_copy.c
    voucher, step = voucher_copy.c, chain_step_table.c
    own = (plan.client_id == client_id, plan.state.in_(OPEN))
    found = union(
        select(plan.operator_organisation_id).where(*own),
        select(service.provider_id)
        .join(plan_table, service.plan_id == plan.id)
        .where(*own, service.state.not_in(OVER)),
        select(case.old_provider_id).where(case.client_id == client_id, *_HANDING_OVER),
        select(choice.provider_id).where(choice.client_id == client_id, choice.ended_date.is_(None)),
        select(voucher.provider_id).where(voucher.client_id == client_id, voucher.state.in_(AT_PROVIDER)),
        select(step.to_organisation_id).where(step.client_id == client_id, step.state.in_(REFERRED)),
    )
    return frozenset(organisation for organisation in session.scalars(found) if organisation is not None)
