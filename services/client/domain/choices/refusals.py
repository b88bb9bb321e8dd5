"""What is refused about direct choices, as in refusals.py."""

from services.kernel.refusal import Refusal


class UnitNotEligible(Refusal):
    """The unit cannot be chosen: not of the kind, or without a contract in force."""

    reason = "NO_ACTIVE_CONTRACT"
    rule = "CLIENT-7"


class ChoiceTooEarly(Refusal):
    """The minimum period of the choice in force is not over."""

    reason = "CHOICE_TOO_EARLY"
    rule = "CLIENT-7"


class GuidanceRequired(Refusal):
    """Before a choice the client is given guidance for it."""

    reason = "GUIDANCE_REQUIRED"
    rule = "S1.12"


class SupportRequired(Refusal):
    """A client who needs particular attention is given support, not only information."""

    reason = "SUPPORT_REQUIRED"
    rule = "S1.14"


class OptionsIncomplete(Refusal):
    """The list of options is not the list of all who can be chosen."""

    reason = "OPTIONS_INCOMPLETE"
    rule = "INV-23"
    field = "option_provider_ids"
