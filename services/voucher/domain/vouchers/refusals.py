"""Why a command on a voucher is refused; each class is one reason of the catalogue of errors (REFUSAL-2)."""

from services.kernel.refusal import Refusal


class UnknownVoucher(Refusal):
    """There is no such voucher."""

    reason = "VOUCHER_NOT_FOUND"
    rule = "REFUSAL-4"
    resource_type = "sote.voucher.v1.Voucher"


class NoRelationship(Refusal):
    """The voucher is not the caller's: not its client, not its provider; it may as well not exist (INV-14)."""

    reason = "NO_RELATIONSHIP"
    rule = "INV-14"


class IssuerNotAllowed(Refusal):
    """Only the county enterprise gives vouchers (S2.16)."""

    reason = "ISSUER_NOT_ALLOWED"
    rule = "INV-04"


class AssessmentMissing(Refusal):
    """The decision does not rest on a completed assessment of the county enterprise's own."""

    reason = "ASSESSMENT_MISSING"
    rule = "INV-04"


class DecisionMissing(Refusal):
    """No granted decision in force covers what is asked."""

    reason = "DECISION_MISSING"
    rule = "INV-04"


class VoucherNotEnabled(Refusal):
    """The county does not arrange this service by voucher."""

    reason = "VOUCHER_NOT_ENABLED"
    rule = "INV-04"


class ClientClosed(Refusal):
    """No new matters for a client who moved, died or was merged."""

    reason = "CLIENT_CLOSED"
    rule = "INV-16"


class PlanRequired(Refusal):
    """The client needs a plan, and no service of one awaits a choice for this."""

    reason = "PLAN_REQUIRED"
    rule = "PLAN-19"


class OverlappingVoucher(Refusal):
    """An open voucher for the same client and service covers part of the period."""

    reason = "OVERLAPPING_VOUCHER"
    rule = "S2.17"


class GuidanceRequired(Refusal):
    """Before a choice the client is given guidance for it."""

    reason = "GUIDANCE_REQUIRED"
    rule = "S1.12"


class SupportRequired(Refusal):
    """A client with an attention flag is given support, not only information."""

    reason = "SUPPORT_REQUIRED"
    rule = "S1.14"


class ProviderNotApproved(Refusal):
    """The provider may not take clients in this county."""

    reason = "PROVIDER_NOT_APPROVED"
    rule = "VOUCHER-4"


class NoActiveContract(Refusal):
    """No active contract of the provider covers the whole period left."""

    reason = "NO_ACTIVE_CONTRACT"
    rule = "INV-05"


class NoServiceLine(Refusal):
    """No contract in force has this service, at this unit, for vouchers."""

    reason = "NO_SERVICE_LINE"
    rule = "INV-05"


class NoCapacity(Refusal):
    """The provider or its unit takes no more clients now."""

    reason = "NO_CAPACITY"
    rule = "VOUCHER-4"


class PriceAboveValue(Refusal):
    """The price is above the value, and by the regime nobody may pay the rest."""

    reason = "PRICE_ABOVE_VALUE"
    rule = "MONEY-2"


class ValueExceeded(Refusal):
    """The county's share would exceed the voucher's value."""

    reason = "VALUE_EXCEEDED"
    rule = "INV-06"


class UnitsExceeded(Refusal):
    """More units than the voucher has left."""

    reason = "UNITS_EXCEEDED"
    rule = "INV-06"


class OutsideValidity(Refusal):
    """The voucher's period is over, or empty."""

    reason = "OUTSIDE_VALIDITY"
    rule = "INV-07"


class AcceptanceOverdue(Refusal):
    """The provider's time to accept is over."""

    reason = "ACCEPTANCE_OVERDUE"
    rule = "VOUCHER-6"


class ContentVersionChanged(Refusal):
    """The provider accepts another version of the content than the one in force."""

    reason = "CONTENT_VERSION_CHANGED"
    rule = "S2.18"


class DeliveryMissing(Refusal):
    """A provider is paid only for deliveries that are recorded; this one is not known here, or not yet."""

    reason = "NO_DELIVERY"
    rule = "INV-26"


class DuplicateClaim(Refusal):
    """The delivery is claimed already."""

    reason = "DUPLICATE"
    rule = "INV-26"
    resource_type = "sote.voucher.v1.Redemption"


class NothingHeld(Refusal):
    """Nothing is held for the provider on this voucher that it could still tell or claim."""

    reason = "NOTHING_HELD"
    rule = "VOUCHER-17"
