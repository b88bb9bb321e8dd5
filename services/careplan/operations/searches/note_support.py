"""A client was given support in choosing a provider (PROCESS-C5)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.searches.reroute_case import RerouteStatus
from services.careplan.operations.changes.follow_cases import move_case
from services.careplan.operations.plans.publish_plan_section import publish_plan_section
from services.careplan.storage import plans
from services.careplan.storage.searches import reroute_cases


def note_support(
    session: Session, *, guidance_id: UUID, client_id: UUID, voucher_id: UUID | None, given_on: date, now: datetime
) -> None:
    """Keep it, and move on the searches it is about: of that voucher, or without one those that need none.

    It is kept because it may be heard of before the search that it is for.
    """
    reroute_cases.note_support(
        session, guidance_id=guidance_id, client_id=client_id, voucher_id=voucher_id, given_on=given_on
    )
    for case_id in reroute_cases.waiting_for_support(session, client_id, voucher_id):
        plan_id = reroute_cases.plan_of(session, case_id)
        if plan_id is not None:
            plans.locked(session, plan_id)
        case = reroute_cases.locked(session, case_id)
        if case is not None and case.status is RerouteStatus.OPEN and case.opened_on <= given_on:
            move_case(session, case, "guide", now=now)
            publish_plan_section(session, client_id=client_id, now=now)
