"""Acknowledgements that did not come in time (PLAN-18)."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.careplan.domain.acknowledgements.acknowledgement import AcknowledgementState, contracts_of
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.storage import plans
from services.careplan.storage.acknowledgements import acknowledgements_of, plans_unacknowledged
from services.careplan.wire.facts import acknowledgement_overdue
from services.chassis.clock import helsinki_date

AT_ONCE = 100


def pass_acknowledgements_due(session: Session, *, now: datetime) -> None:
    """Mark overdue what was due before today, at most `AT_ONCE` plans in one run; it may still be given."""
    today = helsinki_date(now)
    for plan_id in plans_unacknowledged(session, today, AT_ONCE):
        plan = plans.locked(session, plan_id)
        if plan is None:
            continue
        for acknowledgement in acknowledgements_of(session, plan.id):
            if acknowledgement.state is AcknowledgementState.PENDING and acknowledgement.due < today:
                acknowledgement.pass_due()
                contracts = contracts_of(plan.in_force(), acknowledgement.provider_id)
                announce_plan(session, plan, acknowledgement_overdue(acknowledgement, contracts))
        conclude_change(session, plan, now=now)
