"""Clients who need a plan and have none (S2.10)."""

from sqlalchemy import Subquery, and_, case, cast, exists, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on

from services.careplan.domain.neighbours.copies import OPEN_CLIENT
from services.careplan.domain.plans.plan_states import OPEN
from services.careplan.storage.neighbours.clients import assessment_copy, client_copy
from services.careplan.storage.plans import plan_table
from services.chassis.columns import INSTANT


def missing() -> Subquery:
    """One row for each open client with a need: client_id, since (a day), assessed, flagged, and at (to page by).

    A need is known by the newest assessment or by a flag (PLAN-19); any open plan, a draft too, clears it.
    """
    client, plan, assessment = client_copy.c, plan_table.c, assessment_copy.c
    newest = (
        select(assessment.client_id, assessment.completed_date, assessment.plan_needed)
        .where(assessment.completed_date.is_not(None), assessment.superseded.is_(False))
        .ext(distinct_on(assessment.client_id))
        .order_by(assessment.client_id, assessment.completed_date.desc(), assessment.assessment_id)
        .subquery()
    )
    assessed = func.coalesce(newest.c.plan_needed, False)
    flagged = client.attention_since.is_not(None)
    since = func.least(case((assessed, newest.c.completed_date)), client.attention_since)
    return (
        select(
            client.client_id,
            since.label("since"),
            assessed.label("assessed"),
            flagged.label("flagged"),
            cast(since, INSTANT).label("at"),
        )
        .outerjoin(newest, newest.c.client_id == client.client_id)
        .where(
            client.state.in_(OPEN_CLIENT),
            or_(assessed, flagged),
            ~exists().where(and_(plan.client_id == client.client_id, plan.state.in_(OPEN))),
        )
        .subquery()
    )
