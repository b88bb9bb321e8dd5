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
from services.careplan.domain.neighbours.copies import AssessmentCopy, ClientCopy, ProviderCopy
from services.careplan.domain.plans.refusals import ProviderUnitUnknown
from services.careplan.domain.rules import Rules
from services.careplan.domain.terms import OperatorKind


def check_client(client: ClientCopy | None) -> None:
    """Refuse an unknown client, and one for whom nothing new is begun (INV-16)."""
    if client is None:
        raise ClientUnknown("the client is not known here, or not yet")
    if not client.open:
        raise ClientClosed("nothing new is begun for a client whose register entry is closed")


def check_assessment(assessment: AssessmentCopy | None, client_id: UUID, today: date, rules: Rules) -> AssessmentCopy:
    """The assessment, if a plan may rest on it; refuses another client's, superseded or too old (S2.09)."""
    if assessment is None or assessment.client_id != client_id or assessment.superseded:
        raise AssessmentMissing("the client has no completed assessment that the plan can rest on")
    if (today - assessment.completed_date).days > rules.assessment_max_age_days:
        raise AssessmentMissing(
            f"the assessment of {assessment.completed_date} is older than {rules.assessment_max_age_days} days"
        )
    return assessment


def check_operator(
    provider: ProviderCopy | None, kind: OperatorKind, unit_id: UUID, chosen_centre: UUID | None, rules: Rules
) -> ProviderCopy:
    """The organisation, if it may operate this client's plan; refuses others (S1.28, DESIGN-4).

    `chosen_centre` is the health and social services centre the client chose. While no choice is known, no centre
    may operate the plan: rights fail closed (PROCESS-6).
    """
    if provider is None or kind not in rules.operator_kinds or kind.value not in provider.roles:
        raise OperatorKindNotAllowed(f"the organisation does not operate plans as {kind}")
    if provider.state != "APPROVED":
        raise OperatorKindNotAllowed("the organisation is not approved by the county")
    if provider.unit(unit_id) is None:
        raise ProviderUnitUnknown(f"the organisation has no service unit {unit_id}")
    if kind is OperatorKind.DIRECT_CHOICE_HSSC and provider.provider_id != chosen_centre:
        raise OperatorNotChosen("no choice of this centre by the client is known")
    return provider
