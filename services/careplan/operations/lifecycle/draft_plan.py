"""Drafting a plan (PLAN-1)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.lifecycle.admission import check_assessment, check_client, check_operator
from services.careplan.domain.lifecycle.refusals import OpenPlanExists
from services.careplan.domain.lifecycle.succession import draft_after
from services.careplan.domain.plans.content import Content
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.rules import Rules
from services.careplan.domain.terms import OperatorKind
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.operations.plans.publish_plan_section import publish_plan_section
from services.careplan.storage import plans
from services.careplan.storage.neighbours.clients import (
    find_assessment,
    find_client,
    find_direct_choice,
    find_newest_assessment,
)
from services.careplan.storage.neighbours.providers import find_provider
from services.careplan.wire.requests import organisation_of
from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from sote.careplan.v1.events_pb2 import PlanDrafted

CENTRE = "HSSC"


def draft_plan(
    session: Session,
    *,
    client_id: UUID,
    assessment_id: UUID | None,
    operator_kind: OperatorKind,
    operator_unit_id: UUID,
    rules: Rules,
    caller: Caller,
    now: datetime,
    new_id: Callable[[], UUID],
    predecessor_id: UUID | None = None,
) -> Plan:
    """Draft the client's plan on a completed assessment; the caller's organisation is its operator (INV-01, INV-02).

    With a predecessor the draft begins with what that plan said last.
    """
    check_client(find_client(session, client_id))
    if plans.open_of(session, client_id) is not None:
        raise OpenPlanExists("the client has an open plan; a client has one at a time")
    assessment = _assessment(session, assessment_id, client_id, now, rules)
    scheme, _, code = caller.county.partition(":")
    plan = Plan(
        id=new_id(),
        number=plans.next_number(session, code),
        county_scheme=scheme,
        county_code=code,
        client_id=client_id,
        operator_organisation_id=_operator(session, client_id, caller, operator_kind, operator_unit_id, rules),
        operator_unit_id=operator_unit_id,
        operator_kind=operator_kind,
        assessment_id=assessment,
        created_at=now,
        created_by=caller.subject,
        updated_at=now,
        predecessor_id=predecessor_id,
        draft=_draft(session, client_id, predecessor_id, now, new_id),
    )
    session.add(plan)
    # The partial unique index lets one of two simultaneous drafts through, here; the other is refused (INV-01).
    session.flush()
    announce_plan(session, plan, PlanDrafted())
    publish_plan_section(session, client_id=client_id, now=now)
    return plan


def _draft(
    session: Session, client_id: UUID, predecessor_id: UUID | None, now: datetime, new_id: Callable[[], UUID]
) -> Content:
    """What is drawn up at the start: nothing, or what the predecessor said last."""
    if predecessor_id is None:
        return Content()
    return draft_after(plans.read(session, predecessor_id), client_id, helsinki_date(now), new_id)


def _assessment(session: Session, named: UUID | None, client_id: UUID, now: datetime, rules: Rules) -> UUID:
    """The assessment the plan rests on: the one named, else the client's newest (S2.09)."""
    found = find_assessment(session, named) if named else find_newest_assessment(session, client_id)
    return check_assessment(found, client_id, helsinki_date(now), rules).assessment_id


def _operator(
    session: Session, client_id: UUID, caller: Caller, kind: OperatorKind, unit_id: UUID, rules: Rules
) -> UUID:
    """The caller's organisation, if it may operate the client's plan."""
    organisation = organisation_of(caller)
    provider = find_provider(session, organisation) if organisation else None
    chosen = find_direct_choice(session, client_id, CENTRE)
    return check_operator(provider, kind, unit_id, chosen.provider_id if chosen else None, rules).provider_id
