"""Why this service says no: each refusal with its reason (docs/errors.md), rule and, where a law says so, its basis."""

from services.kernel.refusal import NotFound, Refusal

_PACKAGES = "draft Freedom of Choice Act and Organisation Act: integration of services into packages"


class PackageNotFound(NotFound):
    """No such package."""

    reason = "PACKAGE_NOT_FOUND"
    resource_type = "sote.package.v1.Package"


class EnrolmentNotFound(NotFound):
    """No such enrolment."""

    reason = "ENROLMENT_NOT_FOUND"
    resource_type = "sote.package.v1.Enrolment"


class PackageExists(Refusal):
    """A package with this code is there already."""

    reason = "PACKAGE_EXISTS"
    rule = "AIP-133"


class DraftExists(Refusal):
    """The package has a version in draft already."""

    reason = "DRAFT_EXISTS"
    rule = "PACKAGE-3"


class NoDraft(Refusal):
    """The package has no version in draft."""

    reason = "NO_DRAFT"
    rule = "PACKAGE-3"


class TooFewItems(Refusal):
    """A package integrates at least two services."""

    reason = "TOO_FEW_ITEMS"
    rule = "S1.33"
    legal_basis = _PACKAGES


class PackageItemWithoutMember(Refusal):
    """Nobody in the network may deliver an item."""

    reason = "PACKAGE_ITEM_WITHOUT_MEMBER"
    rule = "INV-18"
    legal_basis = _PACKAGES


class ClauseMissing(Refusal):
    """A member's contract lacks a clause that packages need."""

    reason = "CLAUSE_MISSING"
    rule = "S1.43b"
    legal_basis = _PACKAGES


class EnvelopeMissing(Refusal):
    """A package says what it may cost."""

    reason = "ENVELOPE_MISSING"
    rule = "S1.44a"
    legal_basis = _PACKAGES


class EnvelopeExceeded(Refusal):
    """The items cost more together than the envelope."""

    reason = "ENVELOPE_EXCEEDED"
    rule = "S1.44a"
    legal_basis = _PACKAGES


class CoordinatorMissing(Refusal):
    """A package has a coordinator who is a unit of an approved provider."""

    reason = "COORDINATOR_MISSING"
    rule = "PACKAGE-2"


class NetworkTooSmall(Refusal):
    """A network has at least two member organisations."""

    reason = "NETWORK_TOO_SMALL"
    rule = "S1.44b"


class NotASingleUnit(Refusal):
    """A single-unit package has all its items from one unit."""

    reason = "NOT_A_SINGLE_UNIT"
    rule = "S1.44c"


class SectorsMissing(Refusal):
    """The county requires both sectors in a package."""

    reason = "SECTORS_MISSING"
    rule = "S1.33"


class TemplateRuleBroken(Refusal):
    """The client group sets a rule of its own that the package breaks."""

    reason = "TEMPLATE_RULE_BROKEN"
    rule = "S1.35"


class PackageNotPublished(Refusal):
    """Clients are enrolled in published packages only."""

    reason = "PACKAGE_NOT_PUBLISHED"
    rule = "ENROLMENT-1"


class PackageDegraded(Refusal):
    """An item the client would get has no qualified member now."""

    reason = "PACKAGE_DEGRADED"
    rule = "INV-18"
    legal_basis = _PACKAGES


class CriteriaNotMet(Refusal):
    """The assessment does not meet the entry criteria, and no exception is reasoned."""

    reason = "CRITERIA_NOT_MET"
    rule = "S1.33"


class AssessmentNotCurrent(Refusal):
    """The assessment is another client's, or a newer one took its place."""

    reason = "ASSESSMENT_NOT_CURRENT"
    rule = "ENROLMENT-1"


class ClientClosed(Refusal):
    """No new matters for a client who moved out, died or was merged."""

    reason = "CLIENT_CLOSED"
    rule = "INV-16"


class AlreadyEnrolled(Refusal):
    """The client has an open enrolment in this package."""

    reason = "ALREADY_ENROLLED"
    rule = "ENROLMENT-1"


class NotAMember(Refusal):
    """The provider is no member of the network for this item."""

    reason = "NOT_A_MEMBER"
    rule = "ENROLMENT-1"


class NoActiveContract(Refusal):
    """No member has an active contract for the item."""

    reason = "NO_ACTIVE_CONTRACT"
    rule = "S1.23"


class NoRelationship(Refusal):
    """The client is neither the caller nor represented by the caller; what is asked for may as well not exist."""

    reason = "NO_RELATIONSHIP"
    rule = "INV-14"


class IssuerNotAllowed(Refusal):
    """Only the county enterprise issues vouchers, so only its officials do this."""

    reason = "ISSUER_NOT_ALLOWED"
    rule = "INV-04"
    legal_basis = "draft Freedom of Choice Act: the county enterprise gives the voucher on its own assessment"
