"""What is refused about clients."""

from services.kernel.refusal import Refusal


class IdentityCodeInvalid(Refusal):
    """A personal identity code breaks a rule of IDENTIFIER-1."""

    reason = "IDENTITY_CODE_INVALID"
    rule = "IDENTIFIER-1"
    legal_basis = "Act on the Population Information System (661/2009) 11 §"
    field = "identity_code"

    def __init__(self, problem: str) -> None:
        super().__init__(f"the personal identity code is not valid: {problem}")
        self.problem = problem


class IdentityCodeInUse(Refusal):
    """The identity code belongs to a client already."""

    reason = "IDENTITY_CODE_IN_USE"
    rule = "CLIENT-2"
    resource_type = "sote.client.v1.Client"


class IdentityCodeMissing(Refusal):
    """The client has no identity code."""

    reason = "IDENTITY_CODE_MISSING"
    rule = "IDENTIFIER-5"


class TemporaryIdentityIncomplete(Refusal):
    """A temporary identity lacks its reason or the day of birth."""

    reason = "TEMPORARY_IDENTITY_INCOMPLETE"
    rule = "CLIENT-2"
    field = "temporary_reason"


class ResidenceRequired(Refusal):
    """The person lives in another county and the need is not urgent."""

    reason = "RESIDENCE_REQUIRED"
    rule = "CLIENT-2"
    legal_basis = "Act on Organising Healthcare and Social Welfare Services (612/2021) 56 §"


class ClientClosed(Refusal):
    """Moved out, dead or merged: no new matters."""

    reason = "CLIENT_CLOSED"
    rule = "INV-16"


class NonDisclosurePeriod(Refusal):
    """An order lasts five years at most, and is extended by two at most."""

    reason = "NON_DISCLOSURE_PERIOD"
    rule = "CLIENT-5"
    legal_basis = "Act on the Population Information System (661/2009) 36 §"
    field = "valid_to"


class MergeNotAllowed(Refusal):
    """The client that stays is the one recorded first, and is not merged itself."""

    reason = "MERGE_NOT_ALLOWED"
    rule = "CLIENT-12"


class FlagNotByHand(Refusal):
    """Only SPECIAL_SUPPORT is set by a professional; the others are derived."""

    reason = "FLAG_NOT_BY_HAND"
    rule = "ATTENTION-4"
    field = "kind"


class RegisteredProfessionalRequired(Refusal):
    """The professional has no registration."""

    reason = "REGISTERED_PROFESSIONAL_REQUIRED"
    rule = "CLIENT-6"
    legal_basis = "Act on Social Welfare Professionals (817/2015); Act on Health Care Professionals (559/1994)"


class SocialWorkerRequired(Refusal):
    """A client with SPECIAL_SUPPORT needs a social worker in this place."""

    reason = "SOCIAL_WORKER_REQUIRED"
    rule = "S1.14"
    legal_basis = "Social Welfare Act (1301/2014) 36 § and 42 §"
