"""What each refusal of the client service is to a caller, and which one a violated constraint stands for."""

from collections.abc import Callable, Mapping

import grpc

from services.client.domain import assessment_refusals as about_assessments
from services.client.domain import choice_refusals as about_choices
from services.client.domain import consent_refusals as about_consents
from services.client.domain import deadline_refusals as about_deadlines
from services.client.domain import decision_refusals as about_decisions
from services.client.domain import refusals
from services.client.domain import representative_refusals as about_representatives

Code = grpc.StatusCode

REFUSALS: Mapping[type[Exception], grpc.StatusCode] = {
    refusals.IdentityCodeInvalid: Code.INVALID_ARGUMENT,
    refusals.TemporaryIdentityIncomplete: Code.INVALID_ARGUMENT,
    refusals.FlagNotByHand: Code.INVALID_ARGUMENT,
    refusals.TimeInFuture: Code.INVALID_ARGUMENT,
    refusals.DateNotAllowed: Code.INVALID_ARGUMENT,
    refusals.NonDisclosurePeriod: Code.INVALID_ARGUMENT,
    about_assessments.PeriodInvalid: Code.INVALID_ARGUMENT,
    refusals.NoRelationship: Code.PERMISSION_DENIED,
    refusals.Unknown: Code.NOT_FOUND,
    refusals.IdentityCodeInUse: Code.ALREADY_EXISTS,
    refusals.MemberExists: Code.ALREADY_EXISTS,
    about_representatives.RepresentativeExists: Code.ALREADY_EXISTS,
    about_representatives.SelfRepresented: Code.FAILED_PRECONDITION,
    about_representatives.RepresentationPeriod: Code.INVALID_ARGUMENT,
    about_consents.ConsentExists: Code.ALREADY_EXISTS,
    about_assessments.AssessmentOpen: Code.ALREADY_EXISTS,
    about_assessments.DecisionExists: Code.ALREADY_EXISTS,
    refusals.IllegalTransition: Code.FAILED_PRECONDITION,
    refusals.IdentityCodeMissing: Code.FAILED_PRECONDITION,
    about_consents.NotInformed: Code.FAILED_PRECONDITION,
    about_consents.DenialNotAllowed: Code.FAILED_PRECONDITION,
    about_consents.NotAMinor: Code.FAILED_PRECONDITION,
    about_consents.MinorTooYoung: Code.FAILED_PRECONDITION,
    refusals.ResidenceRequired: Code.FAILED_PRECONDITION,
    refusals.MergeNotAllowed: Code.FAILED_PRECONDITION,
    refusals.ClientClosed: Code.FAILED_PRECONDITION,
    refusals.RegisteredProfessionalRequired: Code.FAILED_PRECONDITION,
    refusals.SocialWorkerRequired: Code.FAILED_PRECONDITION,
    refusals.TeamOwnerNotAllowed: Code.FAILED_PRECONDITION,
    refusals.CentreRequired: Code.FAILED_PRECONDITION,
    refusals.AreaRequired: Code.FAILED_PRECONDITION,
    about_assessments.AssessorNotAllowed: Code.FAILED_PRECONDITION,
    about_assessments.TeamNotActive: Code.FAILED_PRECONDITION,
    about_assessments.OutsideArea: Code.FAILED_PRECONDITION,
    about_assessments.LeadNotInTeam: Code.FAILED_PRECONDITION,
    about_assessments.AssessmentRecent: Code.FAILED_PRECONDITION,
    about_assessments.ContactOfAnotherClient: Code.FAILED_PRECONDITION,
    about_assessments.AssessmentIncomplete: Code.FAILED_PRECONDITION,
    about_assessments.SectorNotCovered: Code.FAILED_PRECONDITION,
    about_assessments.ServiceUnknown: Code.FAILED_PRECONDITION,
    about_assessments.ArrangementNotAllowed: Code.FAILED_PRECONDITION,
    about_assessments.OfficialRequired: Code.FAILED_PRECONDITION,
    about_assessments.ServiceNotRecommended: Code.FAILED_PRECONDITION,
    about_assessments.OptionsRequired: Code.FAILED_PRECONDITION,
    about_assessments.ClientRequired: Code.FAILED_PRECONDITION,
    about_assessments.OrganisationRequired: Code.FAILED_PRECONDITION,
    about_deadlines.DeadlineEnded: Code.FAILED_PRECONDITION,
    about_deadlines.DeadlineNotByHand: Code.FAILED_PRECONDITION,
    about_decisions.AppealTooLate: Code.FAILED_PRECONDITION,
    about_decisions.ChangeBackDated: Code.FAILED_PRECONDITION,
    about_choices.UnitNotEligible: Code.FAILED_PRECONDITION,
    about_choices.ChoiceTooEarly: Code.FAILED_PRECONDITION,
    about_choices.GuidanceRequired: Code.FAILED_PRECONDITION,
    about_choices.SupportRequired: Code.FAILED_PRECONDITION,
    about_choices.OptionsIncomplete: Code.FAILED_PRECONDITION,
}
"""What each refusal of this service is to a caller."""

CONSTRAINTS: Mapping[str, Callable[[], Exception]] = {
    "uq_identity_code_blind_index": refusals.IdentityCodeInUse,
    "uq_representative_in_force": about_representatives.RepresentativeExists,
    "uq_consent_in_force": about_consents.ConsentExists,
    "uq_assessment_under_way": about_assessments.AssessmentOpen,
    "uq_decision_service": about_assessments.DecisionExists,
}
"""What a violated constraint means."""
