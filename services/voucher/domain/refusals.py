"""What every refusal of this service has: a reason, the rule it comes from, and a sentence without personal data."""


class Refusal(Exception):
    """A business refusal: nothing changed, the caller may decide anew. A process that meets one compensates
    (PROCESS-4)."""

    reason = "REFUSED"
    rule = ""
    legal_basis = ""
    field = ""


class IllegalTransition(Refusal):
    """The command is not possible in the state the thing is in."""

    reason = "ILLEGAL_TRANSITION"
    rule = "REFUSAL-1"
