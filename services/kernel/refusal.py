"""Refusals of a service: a class is one reason of docs/errors.md, its sentence stands where it is raised."""

from uuid import UUID


class Refusal(Exception):
    """A rule was not met; nothing was changed.

    The class says which: `reason` is what callers tell apart, `rule` the rule's id, `legal_basis` the law behind it
    where there is one, `field` the request field at fault, the resource the one that is missing or in the way. The
    sentence is for the caller and holds no personal data.
    """

    reason = "REFUSED"
    rule = ""
    legal_basis = ""
    field = ""
    resource_type = ""
    resource_name = ""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)


class IllegalTransition(Refusal):
    """The state machine does not list the command for this state."""

    reason = "ILLEGAL_TRANSITION"
    rule = "REFUSAL-1"

    def __init__(self, noun: str, state: str, command: str) -> None:
        super().__init__(f"{noun} in state {state} does not take the command {command}")


class InvalidValue(Refusal):
    """A value breaks a rule of its own, whatever else is true."""

    reason = "INVALID_FIELD"
    rule = "AIP-193"

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class NotFound(Refusal):
    """The county has no such resource; `resource_type` is the message's full name."""

    rule = "REFUSAL-4"

    def __init__(self, name: UUID | str) -> None:
        super().__init__("no such resource")
        self.resource_name = str(name)
