"""What is asked of a provider, and what was delivered."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select, true
from sqlalchemy.orm import Session

from services.careplan.domain.acknowledgements.acknowledgement import Acknowledgement, AcknowledgementState
from services.careplan.domain.consultations.consultation import Consultation, ConsultationState
from services.careplan.domain.deliveries.delivery import Delivery, Deviation
from services.careplan.storage.acknowledgements import acknowledgement_table
from services.careplan.storage.consultations import consultation_table
from services.careplan.storage.deliveries import delivery_table, deviation_table
from services.careplan.storage.neighbours.providers import is_county
from services.careplan.storage.plans import plan_service_table, plan_table
from services.careplan.views.plans import has_part
from services.careplan.wire import plans as wire
from services.careplan.wire.requests import organisation_of
from services.chassis.identity import Caller
from services.chassis.pages import page_of
from services.chassis.words import word_or_none
from sote.careplan.v1 import acknowledgement_pb2, consultation_pb2
from sote.careplan.v1 import careplan_service_pb2 as rpc


def list_consultations(
    session: Session, request: rpc.ListConsultationsRequest, caller: Caller
) -> rpc.ListConsultationsResponse:
    """The consultations asked of the caller's organisation, oldest first."""
    page, column = page_of(request), consultation_table.c
    state = word_or_none(ConsultationState, consultation_pb2.ConsultationState, request.state)
    query = select(Consultation).where(*_asked(column, request.client_id, state, caller))
    found = session.execute(page.select(query, column.created_at, column.id)).scalars().all()
    shown, token = page.cut(found, lambda row: (row.created_at, row.id))
    return rpc.ListConsultationsResponse(
        consultations=[wire.consultation(asked) for asked in shown], next_page_token=token
    )


def list_acknowledgements(
    session: Session, request: rpc.ListAcknowledgementsRequest, caller: Caller
) -> rpc.ListAcknowledgementsResponse:
    """The acknowledgements asked of the caller's organisation, oldest first."""
    page, column = page_of(request), acknowledgement_table.c
    state = word_or_none(AcknowledgementState, acknowledgement_pb2.AcknowledgementState, request.state)
    query = select(Acknowledgement).where(*_asked(column, request.client_id, state, caller))
    found = session.execute(page.select(query, column.created_at, column.id)).scalars().all()
    shown, token = page.cut(found, lambda row: (row.created_at, row.id))
    return rpc.ListAcknowledgementsResponse(
        acknowledgements=[wire.acknowledgement(asked) for asked in shown], next_page_token=token
    )


def _asked(column: Any, client_id: str, state: StrEnum | None, caller: Caller) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        column.provider_id == organisation_of(caller),
        column.superseded.is_(False),
    ]
    if client_id:
        found.append(column.client_id == UUID(client_id))
    if state:
        found.append(column.state == state)
    return found


def list_deliveries(session: Session, request: rpc.ListDeliveriesRequest, caller: Caller) -> rpc.ListDeliveriesResponse:
    """A client's deliveries: those of the caller's organisation, and those of the plans it has a part in.

    Deliveries of sensitive services are their provider's, the operator's and the county's to see (DESIGN-6).
    """
    page, column, plan, service = page_of(request), delivery_table.c, plan_table.c, plan_service_table.c
    organisation, part = organisation_of(caller), has_part(session, caller)
    open_to_all = ~exists().where(service.id == column.plan_service_id, service.sensitive)
    whole = true() if is_county(session, organisation) else plan.operator_organisation_id == organisation
    visible = or_(
        column.provider_id == organisation,
        exists().where(plan.client_id == column.client_id, part, or_(whole, open_to_all)),
    )
    query = select(Delivery).where(column.client_id == UUID(request.client_id), visible)
    if request.plan_service_id:
        query = query.where(column.plan_service_id == UUID(request.plan_service_id))
    if request.voucher_id:
        query = query.where(column.voucher_id == UUID(request.voucher_id))
    found = session.execute(page.select(query, column.created_at, column.id)).scalars().all()
    shown, token = page.cut(found, lambda row: (row.created_at, row.id))
    deviations = _deviations(session, [given.id for given in shown])
    return rpc.ListDeliveriesResponse(
        deliveries=[wire.delivery(given, deviations.get(given.id)) for given in shown], next_page_token=token
    )


def _deviations(session: Session, delivery_ids: list[UUID]) -> dict[UUID, Deviation]:
    query = select(Deviation).where(deviation_table.c.delivery_id.in_(delivery_ids))
    return {each.delivery_id: each for each in session.execute(query).scalars()}
