"""Load the search a command is about, its plan locked first, for a caller who may give the command."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.refusals import NoRelationship
from services.careplan.domain.searches.reroute_case import RerouteCase
from services.careplan.operations.plans.load_plan import works_for_county
from services.careplan.storage import plans
from services.careplan.storage.searches import reroute_cases
from services.careplan.wire.requests import organisation_of
from services.chassis.etags import check_etag
from services.chassis.identity import Caller


def load_search(session: Session, *, case_id: UUID, etag: str, caller: Caller) -> tuple[Plan | None, RerouteCase]:
    """The search and its plan, for the plan's operator or the county enterprise; refuses others and unknown ones alike.

    A stale `etag` is refused.
    """
    plan_id = reroute_cases.plan_of(session, case_id)
    plan = plans.locked(session, plan_id) if plan_id else None
    case = reroute_cases.locked(session, case_id)
    organisation = organisation_of(caller)
    operates = plan is not None and plan.operator_organisation_id == organisation
    if case is None or not (operates or works_for_county(session, organisation)):
        raise NoRelationship
    check_etag(etag, case.version)
    return plan, case
