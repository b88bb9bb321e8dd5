"""What a plan waits for: the days of its consultations, objections, acknowledgements and its review."""

from collections.abc import Iterable

from services.careplan.domain.acknowledgements.acknowledgement import Acknowledgement
from services.careplan.domain.consultations.consultation import Consultation, ConsultationState
from services.careplan.domain.deadlines.deadline import Subject, Wait
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_states import IN_FORCE


def waits_of_plan(
    plan: Plan, consultations: Iterable[Consultation], acknowledgements: Iterable[Acknowledgement]
) -> set[Wait]:
    """What a plan waits for: answers, resolutions of objections, promises, and its next review (PLAN-18, S2.13)."""
    found = {Wait(Subject.ACKNOWLEDGEMENT, one.id, one.due) for one in acknowledgements if one.open}
    for one in consultations:
        if one.superseded:
            continue
        if one.state is ConsultationState.PENDING:
            found.add(Wait(Subject.CONSULTATION, one.id, one.due))
        elif one.unresolved and one.resolve_due is not None:
            found.add(Wait(Subject.OBJECTION, one.id, one.resolve_due))
    if plan.state in IN_FORCE and plan.review_due is not None:
        found.add(Wait(Subject.PLAN_REVIEW, plan.id, plan.review_due))
    return found
