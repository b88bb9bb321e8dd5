"""Refusals of service lines: catalogue, provider, unit and contract (P3, P6, S1.23)."""

from services.careplan.domain.refusals import Refusal

_CONTRACT = "Freedom of Choice Act draft 2017, contract between county and provider"


class ServiceNotInCatalogue(Refusal):
    """The county's catalogue has no such service."""

    reason = "SERVICE_NOT_IN_CATALOGUE"
    rule = "P3"


class ArrangementNotAllowed(Refusal):
    """The county's catalogue does not let the service be arranged that way."""

    reason = "ARRANGEMENT_NOT_ALLOWED"
    rule = "P3"


class UnitMismatch(Refusal):
    """The unit is not the one the county's catalogue counts the service in."""

    reason = "UNIT_MISMATCH"
    rule = "P3"


class ProviderRequired(Refusal):
    """A service that is not by voucher names its provider."""

    reason = "PROVIDER_REQUIRED"
    rule = "P6"
    field = "put_services.provider_id"


class ProviderNotAllowed(Refusal):
    """With a voucher the client chooses the provider."""

    reason = "PROVIDER_NOT_ALLOWED"
    rule = "A7"
    field = "put_services.provider_id"


class PeriodInvalid(Refusal):
    """The last day is before the first."""

    reason = "PERIOD_INVALID"
    rule = "P2"
    field = "put_services.to_date"


class ModeTextRequired(Refusal):
    """Another way of delivery is described in words."""

    reason = "MODE_TEXT_REQUIRED"
    rule = "S1.22"
    field = "put_services.mode_text"


class ProviderUnknown(Refusal):
    """The provider is not known here, or not yet."""

    reason = "PROVIDER_UNKNOWN"
    rule = "S1.23"
    legal_basis = _CONTRACT


class ProviderNotApproved(Refusal):
    """The provider is not approved by the county."""

    reason = "PROVIDER_NOT_APPROVED"
    rule = "S1.23"
    legal_basis = _CONTRACT


class ProviderUnitUnknown(Refusal):
    """The provider has no such service unit."""

    reason = "PROVIDER_UNIT_UNKNOWN"
    rule = "S1.23"
    legal_basis = _CONTRACT


class NoActiveContract(Refusal):
    """No contract in force covers the provider, the service and the period."""

    reason = "NO_ACTIVE_CONTRACT"
    rule = "S1.23"
    legal_basis = _CONTRACT
