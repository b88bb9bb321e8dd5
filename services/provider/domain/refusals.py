"""Why this service says no: each refusal with its reason (docs/errors.md), rule and, where a law says so, its basis."""

from uuid import UUID

_CONTRACT_LAW = "draft Freedom of Choice Act: the county sets the conditions of providers and contracts with them"


class Refusal(Exception):
    """A rule of this service was not met; nothing was changed."""

    reason = "REFUSED"
    rule = ""
    legal_basis = ""


class IllegalTransition(Refusal):
    """The command is not possible in this state."""

    reason = "ILLEGAL_TRANSITION"
    rule = "4.9"

    def __init__(self, what: str, state: str, command: str) -> None:
        super().__init__(f"{what} in state {state} does not take the command {command}")


class InvalidValue(Refusal):
    """A value breaks a rule of its own, whatever else is true."""

    reason = "INVALID_FIELD"
    rule = "AIP-193"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class BusinessIdInvalid(InvalidValue):
    """Not a Finnish business id, or its check digit is wrong."""

    reason = "BUSINESS_ID_INVALID"
    rule = "2.3.2"


class OidInvalid(InvalidValue):
    """Not an object identifier of this organisation or of a unit below it."""

    reason = "OID_INVALID"
    rule = "2.3.3"


class NotFound(Refusal):
    """The named resource is not in this county's register."""

    rule = "AIP-193"
    resource_type = ""

    def __init__(self, name: UUID | str) -> None:
        super().__init__("no such resource")
        self.resource_name = str(name)


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
    rule = "2.3.2"

    def __init__(self) -> None:
        super().__init__("a provider with this business id is in the register")


class UnitExists(AlreadyExists):
    """A unit with this code is there already."""

    reason = "UNIT_EXISTS"

    def __init__(self) -> None:
        super().__init__("a service unit with this code is in the register")


class ConditionSetDraftExists(AlreadyExists):
    """The scope has a draft already; publish it or change nothing."""

    reason = "CONDITION_SET_DRAFT_EXISTS"

    def __init__(self) -> None:
        super().__init__("the scope has a version of conditions in draft")


class CentreServiceDecisionExists(AlreadyExists):
    """A decision with this number is there already."""

    reason = "CENTRE_SERVICE_DECISION_EXISTS"

    def __init__(self) -> None:
        super().__init__("the county has a decision with this number")


class EnterpriseExists(Refusal):
    """The county has exactly one county enterprise."""

    reason = "ENTERPRISE_EXISTS"
    rule = "S1.16"

    def __init__(self) -> None:
        super().__init__("the county has its county enterprise already")


class RegistrationNotValid(Refusal):
    """The provider is not in force in the supervisory register."""

    reason = "REGISTRATION_NOT_VALID"
    rule = "R2"
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
    rule = "R4"


class ProviderNotApproved(Refusal):
    """The provider is not approved, or not now."""

    reason = "PROVIDER_NOT_APPROVED"
    rule = "S1.23"
    legal_basis = _CONTRACT_LAW


class ProviderRoleMissing(Refusal):
    """The provider is not what this kind of contract needs."""

    reason = "PROVIDER_ROLE_MISSING"
    rule = "K1"


class ConditionSetNotPublished(Refusal):
    """A contract stands under a published version of conditions for its role."""

    reason = "CONDITION_SET_NOT_PUBLISHED"
    rule = "K1"
    legal_basis = _CONTRACT_LAW


class ServiceNotInCatalogue(Refusal):
    """The county's catalogue does not hold the service."""

    reason = "SERVICE_NOT_IN_CATALOGUE"
    rule = "K1"


class ArrangementNotAllowed(Refusal):
    """The catalogue does not let the service be arranged in this way."""

    reason = "ARRANGEMENT_NOT_ALLOWED"
    rule = "2.5"


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
    rule = "K2"

    def __init__(self) -> None:
        super().__init__("only the provider itself may do or see this")
