"""The end of every change of a plan: what depends on the plan is brought in step with it, in the same transaction."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_states import PlanState
from services.careplan.operations.changes.follow_cases import follow_cases
from services.careplan.operations.deadlines.follow_deadlines import follow_plan_deadlines
from services.careplan.operations.plans.publish_plan_section import publish_plan_section
from services.careplan.storage import plan_versions


def conclude_change(session: Session, plan: Plan, *, now: datetime) -> Plan:
    """Bring in step what depends on the plan; every operation that changes a plan ends with it. Returns the plan.

    In this order, for each reads what those before it wrote:

    1. The plan gets a new version, so a new etag.
    2. Each search for another provider of its services takes the steps that follow from how the service stands now: a
       provider was found, confirmed or lost again, the service is over. Every step is announced (`follow_cases`).
    3. Its deadlines become those of what it waits for now: answers to consultations, resolutions of objections,
       acknowledgements, the next review. One that ended unannounced and late is announced as missed.
    4. When the plan is closed, the publication of its last version goes to the archive once more, marked closed.
    5. The client's plan section of the integrated record is published as the database now has it.

    The caller holds the lock of the plan's row. Run again without a change, it takes no step and announces no deadline.
    """
    plan.touch(now)
    follow_cases(session, plan, now=now)
    follow_plan_deadlines(session, plan, now=now)
    if plan.state is PlanState.CLOSED and (last := plan_versions.newest_of_plan(session, plan.id)) is not None:
        last.mark_closed(now)
    publish_plan_section(session, client_id=plan.client_id, now=now)
    return plan
