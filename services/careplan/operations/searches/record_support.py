"""A client was given support in choosing a provider (PROCESS-C5)."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.careplan.domain.searches.reroute_case import RerouteState
from services.careplan.domain.searches.support import Support
from services.careplan.operations.changes.follow_cases import move_case
from services.careplan.operations.plans.publish_plan_section import publish_plan_section
from services.careplan.storage import plans
from services.careplan.storage.searches import reroute_cases


def record_support(session: Session, *, support: Support, now: datetime) -> None:
    """Store it, and move on the searches it is about: of that voucher, or without one those that need none.

    It is stored because the news of it may come before the search that it is for.
    """
    reroute_cases.record_support(session, support)
    for case_id in reroute_cases.waiting_for_support(session, support.client_id, support.voucher_id):
        plan_id = reroute_cases.plan_of(session, case_id)
        if plan_id is not None:
            plans.locked(session, plan_id)
        case = reroute_cases.locked(session, case_id)
        if case is not None and case.state is RerouteState.OPEN and case.opened_on <= support.given_on:
            move_case(session, case, "guide", now=now)
            publish_plan_section(session, client_id=support.client_id, now=now)
