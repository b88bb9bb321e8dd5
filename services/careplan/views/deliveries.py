"""Deviations from plans, and how contracts are adhered to (S1.30)."""

from uuid import UUID

from sqlalchemy import exists, func, or_, select, true
from sqlalchemy.orm import Session

from services.careplan.domain.deliveries.delivery import Deviation, DeviationState
from services.careplan.storage.deliveries import delivery_table, deviation_table
from services.careplan.storage.neighbours.providers import is_county
from services.careplan.storage.plans import plan_service_table, plan_table
from services.careplan.wire.deliveries import deviation
from services.careplan.wire.requests import organisation_of
from services.chassis.identity import Caller
from services.chassis.pages import page_of
from services.chassis.words import word_or_none
from sote.careplan.v1 import delivery_pb2
from sote.careplan.v1 import deviation_service_pb2 as rpc


def list_deviations(session: Session, request: rpc.ListDeviationsRequest, caller: Caller) -> rpc.ListDeviationsResponse:
    """The deviations the caller's organisation made, and those from the plans it operates; the county sees all."""
    page, column, plan = page_of(request), deviation_table.c, plan_table.c
    organisation = organisation_of(caller)
    operated = exists().where(plan.id == column.plan_id, plan.operator_organisation_id == organisation)
    query = select(Deviation).where(
        true() if is_county(session, organisation) else or_(column.provider_id == organisation, operated)
    )
    if request.plan_id:
        query = query.where(column.plan_id == UUID(request.plan_id))
    if state := word_or_none(DeviationState, delivery_pb2.DeviationState, request.state):
        query = query.where(column.state == state)
    found = session.execute(page.select(query, column.created_at, column.id)).scalars().all()
    shown, token = page.cut(found, lambda row: (row.created_at, row.id))
    return rpc.ListDeviationsResponse(deviations=[deviation(each) for each in shown], next_page_token=token)


def contract_adherence(session: Session, contract_id: UUID) -> rpc.ContractAdherence:
    """Counts of a contract, from which no client's plan can be known. An unknown contract has none."""
    column, delivery, service = deviation_table.c, delivery_table.c, plan_service_table.c
    grouped = (
        select(column.state, func.count().label("found"))
        .where(column.contract_id == contract_id)
        .group_by(column.state)
    )
    counts = {row.state: row.found for row in session.execute(grouped.group_by(column.state))}
    conforming = (
        select(func.count())
        .join_from(delivery_table, plan_service_table, delivery.plan_service_id == service.id)
        .where(delivery.conforms, service.contract_id == contract_id)
    )
    return rpc.ContractAdherence(
        contract_id=str(contract_id),
        reported=counts.get(DeviationState.REPORTED, 0),
        justified=counts.get(DeviationState.JUSTIFIED, 0),
        unjustified=counts.get(DeviationState.UNJUSTIFIED, 0),
        conforming_deliveries=session.execute(conforming).scalar_one(),
    )
