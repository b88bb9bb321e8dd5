"""What is refused about clients and teams: a class is one reason, its rule, a sentence without personal data."""


class Refusal(Exception):
    """A business refusal; `reason` is what callers tell apart, `rule` the requirement it serves."""

    reason = "REFUSED"
    rule = ""
    legal_basis = ""
    field = ""
    resource_type = ""
    resource_name = ""


class IllegalTransition(Refusal):
    """The machine has no such command in this state."""

    reason = "ILLEGAL_TRANSITION"

    def __init__(self, noun: str, state: str, command: str, rule: str) -> None:
        super().__init__(f"{noun} in state {state} does not take the command {command}")
        self.rule = rule


class DateNotAllowed(Refusal):
    """The day of a move or a death is later than today, or earlier than it can be."""

    reason = "DATE_NOT_ALLOWED"
    rule = "CLIENT-8"

    def __init__(self, field: str, rule: str) -> None:
        super().__init__("the day lies in the future, or before the registration or the birth")
        self.field = field
        self.rule = rule


class NoRelationship(Refusal):
    """What is asked for is not the caller's; it may as well not exist."""

    reason = "NO_RELATIONSHIP"
    rule = "INV-14"

    def __init__(self) -> None:
        super().__init__("there is no such matter of the caller's")


class Unknown(Refusal):
    """There is no such thing here."""

    rule = "REFUSAL-4"

    def __init__(self, what: str, name: str = "") -> None:
        super().__init__(f"no such {what}")
        self.reason = f"{what.upper()}_UNKNOWN"
        self.resource_type = f"sote.client.v1.{what.capitalize()}"
        self.resource_name = name
