"""What is refused about permissions and denials."""

from services.kernel.refusal import Refusal

ACT = "Act on Processing of Client Data in Healthcare and Social Welfare (703/2023)"
MINORS = "Act on the Status and Rights of Social Welfare Clients (812/2000) 11 §; of Patients (785/1992) 9 §"


class NotInformed(Refusal):
    """A permission counts only when the client was informed of its meaning."""

    reason = "NOT_INFORMED"
    rule = "CONSENT-2"
    legal_basis = ACT


class DenialNotAllowed(Refusal):
    """The county and those who act for it by voucher or purchase are one controller: nothing passes between two."""

    reason = "DENIAL_NOT_ALLOWED"
    rule = "CONSENT-1"
    legal_basis = ACT


class ConsentExists(Refusal):
    """The same is in force already."""

    reason = "CONSENT_EXISTS"
    rule = "CONSENT-9"
    resource_type = "sote.client.v1.Consent"


class NotAMinor(Refusal):
    """Only a minor has a guardian to be kept from own data."""

    reason = "NOT_A_MINOR"
    rule = "CONSENT-7"
    legal_basis = MINORS


class MinorTooYoung(Refusal):
    """Below the guideline a professional has to find the minor able to decide, and records the denial."""

    reason = "MINOR_TOO_YOUNG"
    rule = "CONSENT-7"
    legal_basis = MINORS
