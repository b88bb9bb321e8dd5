"""Reporting that a delivery is not as planned (S1.27, S1.30)."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.deliveries.delivery import Delivery, Deviation, DeviationCause, DeviationKind
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_service import PlanService
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.storage import deliveries
from services.careplan.storage.neighbours.providers import find_contract_for
from services.careplan.wire.facts import deviation_reported


def report_deviation(
    session: Session,
    plan: Plan,
    delivery: Delivery,
    kind: DeviationKind,
    cause: DeviationCause | None,
    *,
    now: datetime,
    new_id: UUID,
) -> Deviation:
    """The deviation as a row, and as a fact."""
    contract = find_contract_for(session, delivery.provider_id, delivery.service_code, delivery.service_date)
    deviation = Deviation(
        id=new_id,
        delivery_id=delivery.id,
        plan_id=plan.id,
        client_id=plan.client_id,
        plan_service_id=delivery.plan_service_id,
        provider_id=delivery.provider_id,
        service_code=delivery.service_code,
        service_date=delivery.service_date,
        kind=kind,
        cause=cause,
        created_at=now,
        contract_id=contract.contract_id if contract else None,
    )
    session.add(deviation)
    announce_plan(session, plan, deviation_reported(deviation))
    return deviation


def contradict_deliveries(
    session: Session,
    plan: Plan,
    service: PlanService,
    from_date: date,
    *,
    now: datetime,
    new_id: Callable[[], UUID],
) -> None:
    """The client turns out to have been gone from a day on: deliveries since are not as planned, and use up nothing."""
    for delivery in deliveries.conforming_since(session, service.id, from_date):
        delivery.conforms = False
        service.units_delivered -= delivery.units
        report_deviation(session, plan, delivery, DeviationKind.NOT_IN_PLAN, None, now=now, new_id=new_id())
