"""Searches for another provider, oldest first: a work list of operators and of the county (PROCESS-C5, PROCESS-C7)."""

from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select, true
from sqlalchemy.orm import Session

from services.careplan.domain.plans.refusals import NoRelationship
from services.careplan.domain.searches.reroute_case import (
    SEARCHING,
    TAKE_OVER_AFTER,
    WAITING,
    RerouteCase,
    RerouteCause,
    RerouteState,
)
from services.careplan.storage.neighbours.providers import find_provider
from services.careplan.storage.plans import plan_table
from services.careplan.storage.searches.reroute_cases import reroute_case_table as table
from services.careplan.wire.requests import organisation_of
from services.careplan.wire.searches import reroute_case
from services.chassis.identity import Caller
from services.chassis.pages import page_of
from services.chassis.words import word_or_none
from sote.careplan.v1 import reroute_pb2
from sote.careplan.v1 import reroute_service_pb2 as rpc

_column = table.c


def get_reroute_case(session: Session, case_id: UUID, caller: Caller) -> reroute_pb2.RerouteCase:
    """A case of a plan the caller's organisation operates; refuses others and unknown ones alike."""
    query = select(RerouteCase).where(_column.id == case_id, _visible(session, caller))
    case = session.execute(query).scalar_one_or_none()
    if case is None:
        raise NoRelationship
    return reroute_case(case)


def list_reroute_cases(
    session: Session, request: rpc.ListRerouteCasesRequest, caller: Caller
) -> rpc.ListRerouteCasesResponse:
    """The cases of the plans the caller's organisation operates; the county enterprise sees all."""
    page = page_of(request)
    query = select(RerouteCase).where(_visible(session, caller))
    if request.client_id:
        query = query.where(_column.client_id == UUID(request.client_id))
    if request.operator_organisation_id:
        query = query.where(_operated(UUID(request.operator_organisation_id)))
    if state := word_or_none(RerouteState, reroute_pb2.RerouteCaseState, request.state):
        query = query.where(_column.state == state)
    if request.overdue_only:
        query = query.where(_column.overdue, _column.state.in_(SEARCHING))
    if request.take_over_only:
        tired = or_(_column.refusals >= TAKE_OVER_AFTER, _column.cause == RerouteCause.VOUCHER_REFUSED)
        query = query.where(_column.state.in_(WAITING), or_(tired, _column.overdue))
    found = session.execute(page.select(query, _column.created_at, _column.id)).scalars().all()
    shown, token = page.cut(found, lambda row: (row.created_at, row.id))
    return rpc.ListRerouteCasesResponse(reroute_cases=[reroute_case(case) for case in shown], next_page_token=token)


def _visible(session: Session, caller: Caller) -> ColumnElement[bool]:
    organisation = organisation_of(caller)
    known = find_provider(session, organisation) if organisation else None
    return true() if known is not None and known.is_county_enterprise else _operated(organisation)


def _operated(organisation: UUID | None) -> ColumnElement[bool]:
    plan = plan_table.c
    return exists().where(plan.id == _column.plan_id, plan.operator_organisation_id == organisation)
