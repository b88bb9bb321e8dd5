"""Keeping a MINOR version that the plan has just brought into force, and telling of it (PLAN-9)."""

from datetime import datetime

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.careplan.domain.plan_versions.plan_version import version_in_force
from services.careplan.domain.plans.plan import Plan
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.storage.plan_versions import add_version


def bring_minor_version(session: Session, plan: Plan, fact: Message, *, by: str, now: datetime) -> None:
    """Keep the version `by` made and announce `fact`; the caller asks for acknowledgements and concludes."""
    before = f"{plan.major}.{plan.minor - 1}"
    add_version(session, version_in_force(plan, supersedes=before, activated_by=by, now=now))
    announce_plan(session, plan, fact)
