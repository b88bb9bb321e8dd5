"""Why this service says no: each refusal with its reason (docs/errors.md), rule and, where a law says so, its basis."""

from services.kernel.refusal import InvalidValue, NotFound, Refusal

_CONTRACT_LAW = "draft Freedom of Choice Act: the county sets the conditions of providers and contracts with them"


class BusinessIdInvalid(InvalidValue):
    """Not a Finnish business id, or its check digit is wrong."""

    reason = "BUSINESS_ID_INVALID"
    rule = "IDENTIFIER-2"


class OidInvalid(InvalidValue):
    """Not an object identifier of this organisation or of a unit below it."""

    reason = "OID_INVALID"
    rule = "IDENTIFIER-3"


class ProviderNotFound(NotFound):
    """No such provider."""

    reason = "PROVIDER_NOT_FOUND"
    resource_type = "sote.provider.v1.Provider"


class CatalogueServiceNotFound(NotFound):
    """No such service in the catalogue."""

    reason = "CATALOGUE_SERVICE_NOT_FOUND"
    resource_type = "sote.provider.v1.CatalogueService"


class ConditionSetNotFound(NotFound):
    """No such version of conditions."""

    reason = "CONDITION_SET_NOT_FOUND"
    resource_type = "sote.provider.v1.ConditionSet"


class ContractNotFound(NotFound):
    """No such contract."""

    reason = "CONTRACT_NOT_FOUND"
    resource_type = "sote.provider.v1.Contract"


class SanctionNotFound(NotFound):
    """No such sanction."""

    reason = "SANCTION_NOT_FOUND"
    resource_type = "sote.provider.v1.Sanction"


class CentreServiceDecisionNotFound(NotFound):
    """No such decision."""

    reason = "CENTRE_SERVICE_DECISION_NOT_FOUND"
    resource_type = "sote.provider.v1.CentreServiceDecision"


class AlreadyExists(Refusal):
    """Something with this key is there already."""

    rule = "AIP-133"


class ProviderExists(AlreadyExists):
    """A provider with this business id is there already."""

    reason = "PROVIDER_EXISTS"
    rule = "IDENTIFIER-2"


class UnitExists(AlreadyExists):
    """A unit with this code is there already."""

    reason = "UNIT_EXISTS"


class ConditionSetDraftExists(AlreadyExists):
    """The scope has a draft already; publish it or change nothing."""

    reason = "CONDITION_SET_DRAFT_EXISTS"


class CentreServiceDecisionExists(AlreadyExists):
    """A decision with this number is there already."""

    reason = "CENTRE_SERVICE_DECISION_EXISTS"


class EnterpriseExists(Refusal):
    """The county has exactly one county enterprise."""

    reason = "ENTERPRISE_EXISTS"
    rule = "S1.16"


class RegistrationNotValid(Refusal):
    """The provider is not in force in the supervisory register."""

    reason = "REGISTRATION_NOT_VALID"
    rule = "PROVIDER-2"
    legal_basis = "Act on the Supervision of Social and Health Care: registration before starting"


class ConditionNotMet(Refusal):
    """A condition lacks valid evidence."""

    reason = "CONDITION_NOT_MET"
    rule = "S1.05c"
    legal_basis = _CONTRACT_LAW


class ConditionUnknown(Refusal):
    """No version of conditions has this code."""

    reason = "CONDITION_UNKNOWN"
    rule = "S1.23"


class ContractInForce(Refusal):
    """The provider has a contract in force, so it cannot be removed."""

    reason = "CONTRACT_IN_FORCE"
    rule = "PROVIDER-4"


class ProviderNotApproved(Refusal):
    """The provider is not approved, or not now."""

    reason = "PROVIDER_NOT_APPROVED"
    rule = "S1.23"
    legal_basis = _CONTRACT_LAW


class ProviderRoleMissing(Refusal):
    """The provider is not what this kind of contract needs."""

    reason = "PROVIDER_ROLE_MISSING"
    rule = "CONTRACT-1"


class ConditionSetNotPublished(Refusal):
    """A contract stands under a published version of conditions for its role."""

    reason = "CONDITION_SET_NOT_PUBLISHED"
    rule = "CONTRACT-1"
    legal_basis = _CONTRACT_LAW


class ServiceNotInCatalogue(Refusal):
    """The county's catalogue does not hold the service."""

    reason = "SERVICE_NOT_IN_CATALOGUE"
    rule = "CONTRACT-1"


class ArrangementNotAllowed(Refusal):
    """The catalogue does not let the service be arranged in this way."""

    reason = "ARRANGEMENT_NOT_ALLOWED"
    rule = "CATALOGUE-3"


class DirectChoiceService(Refusal):
    """What the client gets by direct choice is not given by the county's decision."""

    reason = "DIRECT_CHOICE_SERVICE"
    rule = "S2.24"
    legal_basis = (
        "draft Freedom of Choice Act: at centres the county enterprise gives other services than direct choice"
    )


class NotACentre(Refusal):
    """The unit is no health and social services centre."""

    reason = "NOT_A_CENTRE"
    rule = "S1.20"
    legal_basis = "draft Freedom of Choice Act: services given in connection with health and social services centres"


class ProviderMismatch(Refusal):
    """The caller's organisation is not the provider it concerns."""

    reason = "PROVIDER_MISMATCH"
    rule = "CONTRACT-2"
