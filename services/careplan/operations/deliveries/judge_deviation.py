"""Judging a deviation from a plan (S1.30)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.deliveries.delivery import Deviation, Judgement
from services.careplan.domain.plans.refusals import NotTheOperator
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.operations.plans.load_plan import load_plan
from services.careplan.storage import deliveries
from services.careplan.wire.facts import deviation_judged
from services.chassis.identity import Caller


def judge_deviation(
    session: Session, *, deviation_id: UUID, etag: str, judgement: Judgement, caller: Caller, now: datetime
) -> Deviation:
    """Say, as the operator or the county enterprise, whether there was a good reason; also on a closed plan."""
    plan_id = deliveries.plan_of_deviation(session, deviation_id)
    if plan_id is None:
        raise NotTheOperator
    plan = load_plan(session, plan_id=plan_id, etag=etag, caller=caller, county_too=True)
    deviation = deliveries.deviation(session, deviation_id)
    deviation.judge(judgement, by=caller.subject, now=now)
    announce_plan(session, plan, deviation_judged(deviation))
    conclude_change(session, plan, now=now)
    return deviation
