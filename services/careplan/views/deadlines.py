"""What is waited for, oldest first: a work list of operators and of the county (PLAN-18, S1.02, S2.13)."""

from sqlalchemy import exists, select, true
from sqlalchemy.orm import Session

from services.careplan.domain.deadlines.deadline import Deadline, Subject
from services.careplan.storage.deadlines import deadline_table as table
from services.careplan.storage.neighbours.providers import is_county
from services.careplan.storage.plans import plan_table
from services.careplan.wire.deadlines import deadline
from services.careplan.wire.requests import organisation_of
from services.chassis.identity import Caller
from services.chassis.pages import page_of
from services.chassis.words import word_or_none
from sote.careplan.v1 import deadline_pb2
from sote.careplan.v1 import deadline_service_pb2 as rpc


def list_deadlines(session: Session, request: rpc.ListDeadlinesRequest, caller: Caller) -> rpc.ListDeadlinesResponse:
    """The running deadlines of the plans the caller's organisation operates; the county enterprise sees all."""
    page, column, plan, organisation = page_of(request), table.c, plan_table.c, organisation_of(caller)
    operated = exists().where(plan.id == column.plan_id, plan.operator_organisation_id == organisation)
    query = select(Deadline).where(column.ended_on.is_(None), true() if is_county(session, organisation) else operated)
    if subject := word_or_none(Subject, deadline_pb2.DeadlineSubject, request.subject):
        query = query.where(column.subject == subject)
    if request.missed_only:
        query = query.where(column.missed_at.is_not(None))
    found = session.execute(page.select(query, column.created_at, column.id)).scalars().all()
    shown, token = page.cut(found, lambda row: (row.created_at, row.id))
    return rpc.ListDeadlinesResponse(deadlines=[deadline(waited) for waited in shown], next_page_token=token)
