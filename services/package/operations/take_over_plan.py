"""An enrolment takes over what a version of its plan says."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.package.domain.enrolment import Enrolment
from services.package.domain.neighbours import PlanCopy
from services.package.storage import copies


def take_over(session: Session, enrolment: Enrolment, plan: PlanCopy, *, now: datetime) -> None:
    """Follow a newer version; deliveries that were heard of before their planned service count from now on."""
    enrolment.follow(plan, now=now)
    count_deliveries(session, enrolment)


def count_deliveries(session: Session, enrolment: Enrolment) -> None:
    """What each item has got, counted anew: the order in which deliveries arrive does not matter."""
    enrolment.count_deliveries(copies.delivered(session, [one.plan_service_id for one in enrolment.items]))
