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
    found = {
        Wait(Subject.ACKNOWLEDGEMENT, acknowledgement.id, acknowledgement.due)
        for acknowledgement in acknowledgements
        if acknowledgement.open
    }
    for consultation in consultations:
        if consultation.superseded:
            continue
        if consultation.state is ConsultationState.PENDING:
            found.add(Wait(Subject.CONSULTATION, consultation.id, consultation.due))
        elif consultation.unresolved and consultation.resolve_due is not None:
            found.add(Wait(Subject.OBJECTION, consultation.id, consultation.resolve_due))
    if plan.state in IN_FORCE and plan.review_due is not None:
        found.add(Wait(Subject.PLAN_REVIEW, plan.id, plan.review_due))
    return found
