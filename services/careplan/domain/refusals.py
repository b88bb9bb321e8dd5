"""Every refusal of the care plan service: its reason, the rule behind it, and a sentence without personal data."""


class Refusal(Exception):
    """A rule forbids it; nothing has changed. The docstring of each class is what the caller is told."""

    reason = "REFUSED"
    rule = ""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or (type(self).__doc__ or "").removesuffix("."))


class IllegalTransition(Refusal):
    """The command is not listed for the state it was given in."""

    reason = "ILLEGAL_TRANSITION"
    rule = "REFUSAL-1"

    def __init__(self, state: str, command: str) -> None:
        super().__init__(f"{command} is not possible in the state {state}")
