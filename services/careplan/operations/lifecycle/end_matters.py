"""A client left the register: everything that is open in care plans ends with the day of it (PROCESS-D4, INV-16)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.neighbours.copies import ClientCopy
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_states import IN_FORCE, PlanState
from services.careplan.domain.terms import LeaveReason
from services.careplan.operations.chains.conclude_step import conclude_step
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.changes.follow_cases import move_case
from services.careplan.operations.deliveries.report_deviation import contradict_deliveries
from services.careplan.operations.lifecycle.cancel_locked_plan import cancel_locked_plan
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.operations.plans.publish_plan_section import publish_plan_section
from services.careplan.storage import chains, plans, transfers
from services.careplan.storage.consultations import consultations_of
from services.careplan.storage.neighbours.clients import find_client, store_client
from services.careplan.storage.searches import reroute_cases
from services.chassis.clock import helsinki_date
from services.chassis.values import day as wire_day
from sote.careplan.v1.events_pb2 import ChainCancelled, PlanClosed, PlanReviewCancelled


def end_matters(
    session: Session,
    *,
    client: ClientCopy,
    reason: LeaveReason,
    day: date,
    now: datetime,
    new_id: Callable[[], UUID],
) -> None:
    """Keep the client's state and end the plan, the steps and the searches of a client who is gone since `day`.

    The day itself still counts; what is recorded for later days becomes a deviation. What has ended stays so when the
    register corrects itself; a client who is known to be back loses nothing.
    """
    store_client(session, client, helsinki_date(now))
    known = find_client(session, client.client_id)
    if known is None or known.open:
        return
    plan = plans.open_of(session, client.client_id)
    if plan is not None:
        _end_plan(session, plan, reason.value, day, now, new_id)
    _end_searches(session, client.client_id, now)
    for step in chains.cancellable_of(session, client.client_id):
        sent = step.sent_at is not None
        step.cancel(reason.value)
        conclude_step(session, step, ChainCancelled() if sent else None, now=now)


def _end_plan(session: Session, plan: Plan, reason: str, day: date, now: datetime, new_id: Callable[[], UUID]) -> None:
    """Close what is in force, its review discarded; cancel what never was."""
    if plan.state not in IN_FORCE:
        cancel_locked_plan(session, plan, reason, now=now)
        return
    for consultation in consultations_of(session, plan.id, plan.major + 1):
        consultation.supersede()
    if (pending := transfers.under_way(session, plan.id)) is not None:
        pending.withdraw(reason, now)
    if plan.state is PlanState.UNDER_REVIEW:
        plan.discard_review(reason)
        announce_plan(session, plan, PlanReviewCancelled())
    for service in plan.services:
        contradict_deliveries(session, plan, service, day + timedelta(days=1), now=now, new_id=new_id)
    plan.end(reason, day)
    announce_plan(session, plan, PlanClosed(end_date=wire_day(day)))
    conclude_change(session, plan, now=now)


def _end_searches(session: Session, client_id: UUID, now: datetime) -> None:
    """Close the searches of vouchers without a plan; those of the plan have ended with it."""
    lone = reroute_cases.searching_without_plan(session, client_id)
    for case in lone:
        move_case(session, case, "close", now=now)
    if lone:
        publish_plan_section(session, client_id=client_id, now=now)
