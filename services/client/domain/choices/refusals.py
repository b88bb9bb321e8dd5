"""What is refused about direct choices, as in refusals.py."""

from services.client.domain.refusals import Refusal


class UnitNotEligible(Refusal):
    """The unit cannot be chosen: not of the kind, or without a contract in force."""

    reason = "NO_ACTIVE_CONTRACT"
    rule = "CLIENT-7"

    def __init__(self) -> None:
        super().__init__("the unit is no such unit with a direct-choice contract in force today")


class ChoiceTooEarly(Refusal):
    """The minimum period of the choice in force is not over."""

    reason = "CHOICE_TOO_EARLY"
    rule = "CLIENT-7"

    def __init__(self) -> None:
        super().__init__("the choice in force can be changed only after its minimum period")


class GuidanceRequired(Refusal):
    """Before a choice the client is given guidance for it."""

    reason = "GUIDANCE_REQUIRED"
    rule = "S1.12"

    def __init__(self) -> None:
        super().__init__("give guidance for this choice first; it lists the provider chosen and is not too old")


class SupportRequired(Refusal):
    """A client who needs particular attention is given support, not only information."""

    reason = "SUPPORT_REQUIRED"
    rule = "S1.14"

    def __init__(self) -> None:
        super().__init__("the client needs particular attention: give support for this choice first")


class OptionsIncomplete(Refusal):
    """The list of options is not the list of all who can be chosen."""

    reason = "OPTIONS_INCOMPLETE"
    rule = "INV-23"
    field = "option_provider_ids"

    def __init__(self) -> None:
        super().__init__("the options are not all providers that can be chosen today, or others than these")
