"""Searches for another provider by the clock: the day has passed, the handover is over (PROCESS-C5, PROCESS-C8)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from services.careplan.domain.searches.reroute_case import RerouteCase
from services.careplan.operations.changes.follow_cases import move_case
from services.careplan.operations.plans.publish_plan_section import publish_plan_section
from services.careplan.storage import plans
from services.careplan.storage.searches import reroute_cases
from services.chassis.clock import helsinki_date

AT_ONCE = 100


def pass_reroutes_due(session: Session, *, now: datetime) -> None:
    """Mark overdue, once, what was due before today, at most `AT_ONCE` in one run; the county sees it (PROCESS-C5)."""
    _move(session, reroute_cases.due(session, helsinki_date(now), AT_ONCE), "pass_due", now)


def close_handed_over(session: Session, *, now: datetime) -> None:
    """Close what was resolved and handed over, at most `AT_ONCE` in one run (PROCESS-C8)."""
    _move(session, reroute_cases.handed_over(session, helsinki_date(now), AT_ONCE), "close", now)


def _move(session: Session, found: Sequence[RerouteCase], command: str, now: datetime) -> None:
    """Lock plan and case in the order of docs/locks.md, and take the step."""
    for due in found:
        if due.plan_id is not None:
            plans.locked(session, due.plan_id)
        case = reroute_cases.locked(session, due.id)
        if case is not None and case.takes(command):
            move_case(session, case, command, now=now)
            publish_plan_section(session, client_id=case.client_id, now=now)
