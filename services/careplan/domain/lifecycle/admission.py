"""Whether a plan may be begun for a client, and by whom (PLAN-1)."""

from datetime import date
from uuid import UUID

from services.careplan.domain.lifecycle.refusals import (
    AssessmentMissing,
    ClientClosed,
    ClientUnknown,
    OperatorKindNotAllowed,
    OperatorNotChosen,
)
from services.careplan.domain.neighbours.copies import KnownAssessment, KnownClient, KnownProvider
from services.careplan.domain.plans.refusals import ProviderUnitUnknown
from services.careplan.domain.rules import Rules
from services.careplan.domain.terms import OperatorKind


def check_client(client: KnownClient | None) -> None:
    """Refuse a client nobody knows, and one for whom nothing new is begun (INV-16)."""
    if client is None:
        raise ClientUnknown
    if not client.open:
        raise ClientClosed


def check_assessment(assessment: KnownAssessment | None, client_id: UUID, today: date, rules: Rules) -> KnownAssessment:
    """The assessment, if a plan may rest on it; refuses another client's, superseded or too old (S2.09)."""
    if assessment is None or assessment.client_id != client_id or assessment.superseded:
        raise AssessmentMissing
    if (today - assessment.completed_date).days > rules.assessment_max_age_days:
        raise AssessmentMissing
    return assessment


def check_operator(
    provider: KnownProvider | None, kind: OperatorKind, unit_id: UUID, chosen_centre: UUID | None, rules: Rules
) -> KnownProvider:
    """The organisation, if it may operate this client's plan; refuses others (S1.28, DESIGN-4).

    `chosen_centre` is the health and social services centre the client chose. While no choice is known, no centre
    may operate the plan: rights fail closed (PROCESS-6).
    """
    if provider is None or kind not in rules.operator_kinds or kind.value not in provider.roles:
        raise OperatorKindNotAllowed
    if provider.status != "APPROVED":
        raise OperatorKindNotAllowed
    if provider.unit(unit_id) is None:
        raise ProviderUnitUnknown
    if kind is OperatorKind.DIRECT_CHOICE_HSSC and provider.provider_id != chosen_centre:
        raise OperatorNotChosen
    return provider
