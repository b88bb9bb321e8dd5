"""Steps of service chains, shown to the two ends, the plan's operator and the county (S1.42)."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select, true
from sqlalchemy.orm import Session

from services.careplan.domain.chains.chain_step import ChainStep, ChainStepState
from services.careplan.domain.plans.plan_states import OPEN
from services.careplan.domain.plans.refusals import NoRelationship, NotTheCounty
from services.careplan.storage import chains
from services.careplan.storage.chains import chain_step_table as table
from services.careplan.storage.neighbours.providers import is_county
from services.careplan.storage.plans import plan_table
from services.careplan.wire.chains import chain_step
from services.careplan.wire.requests import organisation_of
from services.chassis.identity import Caller
from services.chassis.pages import page_of
from services.chassis.words import word_or_none
from sote.careplan.v1 import chain_pb2
from sote.careplan.v1 import chain_service_pb2 as rpc


def get_chain_step(session: Session, step_id: UUID, caller: Caller) -> chain_pb2.ChainStep:
    """A step in which the caller's organisation has a part; refuses others and unknown ones alike."""
    query = select(ChainStep).where(table.c.id == step_id, _visible(session, caller))
    step = session.execute(query).scalar_one_or_none()
    if step is None:
        raise NoRelationship
    return chain_step(step)


def list_chain_steps(
    session: Session, request: rpc.ListChainStepsRequest, caller: Caller
) -> rpc.ListChainStepsResponse:
    """The steps in which the caller's organisation has a part, oldest first."""
    page, column = page_of(request), table.c
    query = select(ChainStep).where(_visible(session, caller))
    if request.client_id:
        query = query.where(column.client_id == UUID(request.client_id))
    if state := word_or_none(ChainStepState, chain_pb2.ChainStepState, request.state):
        query = query.where(column.state == state)
    found = session.execute(page.select(query, column.created_at, column.id)).scalars().all()
    shown, token = page.cut(found, lambda row: (row.created_at, row.id))
    return rpc.ListChainStepsResponse(chain_steps=[chain_step(step) for step in shown], next_page_token=token)


def list_broken_chains(
    session: Session, request: rpc.ListBrokenChainsRequest, caller: Caller
) -> rpc.ListBrokenChainsResponse:
    """What is overdue, or returned and not taken up again, of every client; for the county enterprise (S1.02)."""
    if not is_county(session, organisation_of(caller)):
        raise NotTheCounty
    page, column = page_of(request), table.c
    query = select(ChainStep).where(chains.broken())
    found = session.execute(page.select(query, column.created_at, column.id)).scalars().all()
    shown, token = page.cut(found, lambda row: (row.created_at, row.id))
    return rpc.ListBrokenChainsResponse(chain_steps=[chain_step(step) for step in shown], next_page_token=token)


def _visible(session: Session, caller: Caller) -> ColumnElement[bool]:
    """Drafts are the sender's alone; a sent step is seen by both ends, the plan's operator and the county."""
    organisation, column, plan = organisation_of(caller), table.c, plan_table.c
    operated = exists().where(
        plan.client_id == column.client_id, plan.state.in_(OPEN), plan.operator_organisation_id == organisation
    )
    others = true() if is_county(session, organisation) else or_(column.to_organisation_id == organisation, operated)
    return or_(column.from_organisation_id == organisation, and_(column.sent_at.is_not(None), others))
