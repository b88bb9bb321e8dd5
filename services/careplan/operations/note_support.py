"""A client was given support in choosing a provider (C5)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.reroute import RerouteStatus
from services.careplan.operations.follow_cases import move_case
from services.careplan.operations.publish_plan_section import publish_plan_section
from services.careplan.storage import plans, reroutes


def note_support(
    session: Session, *, guidance_id: UUID, client_id: UUID, voucher_id: UUID | None, given_on: date, now: datetime
) -> None:
    """Keep it, and move on the searches it is about: of that voucher, or without one those that need none.

    It is kept because it may be heard of before the search that it is for.
    """
    reroutes.note_support(
        session, guidance_id=guidance_id, client_id=client_id, voucher_id=voucher_id, given_on=given_on
    )
    for case_id in reroutes.waiting_for_support(session, client_id, voucher_id):
        plan_id = reroutes.plan_of(session, case_id)
        if plan_id is not None:
            plans.locked(session, plan_id)
        case = reroutes.locked(session, case_id)
        if case is not None and case.status is RerouteStatus.OPEN and case.opened_on <= given_on:
            move_case(session, case, "guide", now=now)
            publish_plan_section(session, client_id=client_id, now=now)
