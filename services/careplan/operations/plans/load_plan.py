"""Load the plan a command is about, locked, for a caller who may give the command."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.refusals import NotTheOperator
from services.careplan.storage import plans
from services.careplan.storage.neighbours.providers import is_county
from services.careplan.wire.etags import epoch_of, plan_etag
from services.careplan.wire.requests import organisation_of
from services.chassis.etags import VersionConflict
from services.chassis.identity import Caller


def load_plan(session: Session, *, plan_id: UUID, etag: str, caller: Caller, county_too: bool = False) -> Plan:
    """The plan, its row locked; refuses with `NotTheOperator` others than its operator, and an unknown plan alike.

    `county_too` lets the county enterprise act on the plans of others (S2.13). A stale `etag` is refused; one of
    another operator's turn, or none on a plan that changed hands, with `StaleOperator` (PLAN-15).
    """
    plan = plans.locked(session, plan_id)
    if plan is None:
        raise NotTheOperator
    organisation = organisation_of(caller)
    others = organisation != plan.operator_organisation_id
    if not (others and county_too and works_for_county(session, organisation)):
        plan.require_operator(organisation, epoch_of(etag))
    if etag and etag != plan_etag(plan):
        raise VersionConflict
    return plan


def works_for_county(session: Session, organisation: UUID | None) -> bool:
    """Whether the organisation is the county's own enterprise."""
    return is_county(session, organisation)
