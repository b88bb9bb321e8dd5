"""What each refusal of the client service is to a caller, and which one a violated constraint stands for."""

from collections.abc import Callable, Mapping
from functools import partial

import grpc

from services.client.domain.assessments.refusals import (
    ArrangementNotAllowed,
    AssessmentIncomplete,
    AssessmentOpen,
    AssessmentRecent,
    AssessorNotAllowed,
    ContactOfAnotherClient,
    LeadNotInTeam,
    OutsideArea,
    PeriodInvalid,
    SectorNotCovered,
    ServiceUnknown,
    TeamNotActive,
)
from services.client.domain.choices.refusals import (
    ChoiceTooEarly,
    GuidanceRequired,
    OptionsIncomplete,
    SupportRequired,
    UnitNotEligible,
)
from services.client.domain.clients.refusals import (
    ClientClosed,
    FlagNotByHand,
    IdentityCodeInUse,
    IdentityCodeInvalid,
    IdentityCodeMissing,
    MergeNotAllowed,
    NonDisclosurePeriod,
    RegisteredProfessionalRequired,
    ResidenceRequired,
    SocialWorkerRequired,
    TemporaryIdentityIncomplete,
)
from services.client.domain.consents.refusals import (
    ConsentExists,
    DenialNotAllowed,
    MinorTooYoung,
    NotAMinor,
    NotInformed,
)
from services.client.domain.contacts import TimeInFuture
from services.client.domain.deadlines.refusals import DeadlineEnded, DeadlineNotByHand
from services.client.domain.decisions.refusals import (
    AppealTooLate,
    ChangeBackDated,
    DecisionExists,
    OfficialRequired,
    ServiceNotRecommended,
)
from services.client.domain.guidance import ClientRequired, OptionsRequired, OrganisationRequired
from services.client.domain.refusals import DateNotAllowed, NoRelationship, Unknown
from services.client.domain.representatives.refusals import RepresentationPeriod, RepresentativeExists, SelfRepresented
from services.client.domain.teams import (
    AreaRequired,
    CentreRequired,
    MemberExists,
    RegisteredMemberRequired,
    TeamOwnerNotAllowed,
)
from services.kernel.refusal import IllegalTransition

Code = grpc.StatusCode

REFUSALS: Mapping[type[Exception], grpc.StatusCode] = {
    IdentityCodeInvalid: Code.INVALID_ARGUMENT,
    TemporaryIdentityIncomplete: Code.INVALID_ARGUMENT,
    FlagNotByHand: Code.INVALID_ARGUMENT,
    TimeInFuture: Code.INVALID_ARGUMENT,
    DateNotAllowed: Code.INVALID_ARGUMENT,
    NonDisclosurePeriod: Code.INVALID_ARGUMENT,
    PeriodInvalid: Code.INVALID_ARGUMENT,
    NoRelationship: Code.PERMISSION_DENIED,
    Unknown: Code.NOT_FOUND,
    IdentityCodeInUse: Code.ALREADY_EXISTS,
    MemberExists: Code.ALREADY_EXISTS,
    RepresentativeExists: Code.ALREADY_EXISTS,
    SelfRepresented: Code.FAILED_PRECONDITION,
    RepresentationPeriod: Code.INVALID_ARGUMENT,
    ConsentExists: Code.ALREADY_EXISTS,
    AssessmentOpen: Code.ALREADY_EXISTS,
    DecisionExists: Code.ALREADY_EXISTS,
    IllegalTransition: Code.FAILED_PRECONDITION,
    IdentityCodeMissing: Code.FAILED_PRECONDITION,
    NotInformed: Code.FAILED_PRECONDITION,
    DenialNotAllowed: Code.FAILED_PRECONDITION,
    NotAMinor: Code.FAILED_PRECONDITION,
    MinorTooYoung: Code.FAILED_PRECONDITION,
    ResidenceRequired: Code.FAILED_PRECONDITION,
    MergeNotAllowed: Code.FAILED_PRECONDITION,
    ClientClosed: Code.FAILED_PRECONDITION,
    RegisteredProfessionalRequired: Code.FAILED_PRECONDITION,
    RegisteredMemberRequired: Code.FAILED_PRECONDITION,
    SocialWorkerRequired: Code.FAILED_PRECONDITION,
    TeamOwnerNotAllowed: Code.FAILED_PRECONDITION,
    CentreRequired: Code.FAILED_PRECONDITION,
    AreaRequired: Code.FAILED_PRECONDITION,
    AssessorNotAllowed: Code.FAILED_PRECONDITION,
    TeamNotActive: Code.FAILED_PRECONDITION,
    OutsideArea: Code.FAILED_PRECONDITION,
    LeadNotInTeam: Code.FAILED_PRECONDITION,
    AssessmentRecent: Code.FAILED_PRECONDITION,
    ContactOfAnotherClient: Code.FAILED_PRECONDITION,
    AssessmentIncomplete: Code.FAILED_PRECONDITION,
    SectorNotCovered: Code.FAILED_PRECONDITION,
    ServiceUnknown: Code.FAILED_PRECONDITION,
    ArrangementNotAllowed: Code.FAILED_PRECONDITION,
    OfficialRequired: Code.FAILED_PRECONDITION,
    ServiceNotRecommended: Code.FAILED_PRECONDITION,
    OptionsRequired: Code.FAILED_PRECONDITION,
    ClientRequired: Code.FAILED_PRECONDITION,
    OrganisationRequired: Code.FAILED_PRECONDITION,
    DeadlineEnded: Code.FAILED_PRECONDITION,
    DeadlineNotByHand: Code.FAILED_PRECONDITION,
    AppealTooLate: Code.FAILED_PRECONDITION,
    ChangeBackDated: Code.FAILED_PRECONDITION,
    UnitNotEligible: Code.FAILED_PRECONDITION,
    ChoiceTooEarly: Code.FAILED_PRECONDITION,
    GuidanceRequired: Code.FAILED_PRECONDITION,
    SupportRequired: Code.FAILED_PRECONDITION,
    OptionsIncomplete: Code.FAILED_PRECONDITION,
}
"""What each refusal of this service is to a caller."""

CONSTRAINTS: Mapping[str, Callable[[], Exception]] = {
    "uq_identity_code_blind_index": partial(IdentityCodeInUse, "a client with this identity code is registered"),
    "uq_representative_in_force": partial(
        RepresentativeExists, "this client stands for the other one already in this way"
    ),
    "uq_consent_in_force": partial(ConsentExists, "an equal permission or denial is in force"),
    "uq_assessment_under_way": partial(AssessmentOpen, "the client has an assessment under way"),
    "uq_decision_service": partial(DecisionExists, "the service is decided on the basis of this assessment"),
}
"""What a violated constraint means."""
