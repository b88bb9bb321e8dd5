"""Load the acknowledgement that is asked of the caller's organisation."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.acknowledgements.acknowledgement import Acknowledgement
from services.careplan.domain.acknowledgements.refusals import AcknowledgementNotAsked
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.refusals import NoRelationship
from services.careplan.storage import plans
from services.careplan.storage.acknowledgements import acknowledgements_of
from services.careplan.wire.requests import organisation_of
from services.chassis.identity import Caller


def load_acknowledgement(session: Session, *, plan_id: UUID, caller: Caller) -> tuple[Plan, Acknowledgement]:
    """The plan, locked, and what is asked of the caller's organisation on the version in force."""
    organisation = organisation_of(caller)
    plan = plans.locked(session, plan_id)
    if plan is None or organisation is None:
        raise NoRelationship
    if all(line.provider_id != organisation for line in plan.in_force().services):
        raise NoRelationship
    for acknowledgement in acknowledgements_of(session, plan.id):
        if acknowledgement.provider_id == organisation:
            return plan, acknowledgement
    raise AcknowledgementNotAsked("no acknowledgement is asked of the caller's organisation")
