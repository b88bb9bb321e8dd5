"""A planned service rests while the client is away (PLANSERVICE-4)."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.pauses.pause import begin_pause
from services.careplan.domain.plans.plan import Plan
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.deliveries.report_deviation import contradict_deliveries
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.operations.plans.load_plan import load_plan
from services.careplan.storage import pauses
from services.chassis.identity import Caller
from services.chassis.values import day
from sote.careplan.v1.events_pb2 import PlanServiceSuspended


def suspend_plan_service(
    session: Session,
    *,
    plan_id: UUID,
    plan_service_id: UUID,
    etag: str,
    from_date: date,
    caller: Caller,
    now: datetime,
    new_id: Callable[[], UUID],
) -> Plan:
    """Let it rest from a day on, as the operator or the county; the day may be over.

    What its provider has already recorded for days on which the client was away becomes a deviation.
    """
    plan = load_plan(session, plan_id=plan_id, etag=etag, caller=caller, county_too=True)
    plan.require("suspend_service")
    service = plan.service(plan_service_id)
    last = pauses.last_of(session, service.id)
    session.add(begin_pause(service, last, from_date, by=caller.subject, now=now, new_id=new_id()))
    fact = PlanServiceSuspended(plan_service_id=str(service.id), from_date=day(from_date))
    announce_plan(session, plan, fact)
    contradict_deliveries(session, plan, service, from_date, now=now, new_id=new_id)
    return conclude_change(session, plan, now=now)
