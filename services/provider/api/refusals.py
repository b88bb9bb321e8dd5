"""What each refusal of this service is to a caller, and what a violated constraint means."""

from collections.abc import Callable, Mapping
from functools import partial

import grpc

from services.kernel.refusal import IllegalTransition, InvalidValue
from services.provider.domain import contract_refusals, refusals

Code = grpc.StatusCode

REFUSALS: Mapping[type[Exception], grpc.StatusCode] = {
    InvalidValue: Code.INVALID_ARGUMENT,
    refusals.BusinessIdInvalid: Code.INVALID_ARGUMENT,
    refusals.OidInvalid: Code.INVALID_ARGUMENT,
    refusals.ProviderNotFound: Code.NOT_FOUND,
    refusals.CatalogueServiceNotFound: Code.NOT_FOUND,
    refusals.ConditionSetNotFound: Code.NOT_FOUND,
    refusals.ContractNotFound: Code.NOT_FOUND,
    refusals.SanctionNotFound: Code.NOT_FOUND,
    refusals.CentreServiceDecisionNotFound: Code.NOT_FOUND,
    refusals.ProviderExists: Code.ALREADY_EXISTS,
    refusals.UnitExists: Code.ALREADY_EXISTS,
    refusals.ConditionSetDraftExists: Code.ALREADY_EXISTS,
    refusals.CentreServiceDecisionExists: Code.ALREADY_EXISTS,
    refusals.ProviderMismatch: Code.PERMISSION_DENIED,
    IllegalTransition: Code.FAILED_PRECONDITION,
    refusals.EnterpriseExists: Code.FAILED_PRECONDITION,
    refusals.RegistrationNotValid: Code.FAILED_PRECONDITION,
    refusals.ConditionNotMet: Code.FAILED_PRECONDITION,
    refusals.ConditionUnknown: Code.FAILED_PRECONDITION,
    refusals.ContractInForce: Code.FAILED_PRECONDITION,
    refusals.ProviderNotApproved: Code.FAILED_PRECONDITION,
    refusals.ProviderRoleMissing: Code.FAILED_PRECONDITION,
    refusals.ConditionSetNotPublished: Code.FAILED_PRECONDITION,
    refusals.ServiceNotInCatalogue: Code.FAILED_PRECONDITION,
    refusals.ArrangementNotAllowed: Code.FAILED_PRECONDITION,
    refusals.DirectChoiceService: Code.FAILED_PRECONDITION,
    refusals.NotACentre: Code.FAILED_PRECONDITION,
    contract_refusals.ConditionsMismatch: Code.FAILED_PRECONDITION,
    contract_refusals.ClauseUnknown: Code.FAILED_PRECONDITION,
    contract_refusals.ClauseMissing: Code.FAILED_PRECONDITION,
    contract_refusals.PriceAboveValue: Code.FAILED_PRECONDITION,
    contract_refusals.NoticeTooShort: Code.FAILED_PRECONDITION,
    contract_refusals.ChangeAgreed: Code.FAILED_PRECONDITION,
    contract_refusals.LineChangeMismatch: Code.FAILED_PRECONDITION,
    contract_refusals.NoticeRunning: Code.FAILED_PRECONDITION,
    contract_refusals.NoticeNotPassed: Code.FAILED_PRECONDITION,
    contract_refusals.HearingPending: Code.FAILED_PRECONDITION,
    contract_refusals.KindNotHigher: Code.FAILED_PRECONDITION,
    contract_refusals.OutsideValidity: Code.FAILED_PRECONDITION,
}
"""What each refusal of this service is to a caller."""

CONSTRAINTS: Mapping[str, Callable[[], Exception]] = {
    "uq_provider_business_id": partial(refusals.ProviderExists, "a provider with this business id is in the register"),
    "uq_provider_enterprise": partial(refusals.EnterpriseExists, "the county has its county enterprise already"),
    "uq_service_unit_code": partial(refusals.UnitExists, "a service unit with this code is in the register"),
    "uq_centre_service_decision_number": partial(
        refusals.CentreServiceDecisionExists, "the county has a decision with this number"
    ),
    "uq_condition_set_draft": partial(
        refusals.ConditionSetDraftExists, "the scope has a version of conditions in draft"
    ),
    "uq_condition_set_number": partial(
        refusals.ConditionSetDraftExists, "the scope has a version of conditions in draft"
    ),
}
"""What a violated constraint means."""
