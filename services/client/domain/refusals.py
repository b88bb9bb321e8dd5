"""What is refused about more than one noun."""

from services.kernel.refusal import NotFound, Refusal


class DateNotAllowed(Refusal):
    """The day lies in the future, or before anything it could be the day of."""

    reason = "DATE_NOT_ALLOWED"
    rule = "CLIENT-8"

    def __init__(self, field: str, rule: str) -> None:
        super().__init__("the day lies in the future, or before the registration or the birth")
        self.field = field
        self.rule = rule


class NoRelationship(Refusal):
    """What is asked for is not the caller's: one sentence, whether it exists or not."""

    reason = "NO_RELATIONSHIP"
    rule = "INV-14"

    def __init__(self) -> None:
        super().__init__("there is no such matter of the caller's")


class Unknown(NotFound):
    """The county has no such resource; `what` is its noun, `name` its resource name where there is one."""

    def __init__(self, what: str, name: str = "") -> None:
        super().__init__(name)
        self.reason = f"{what.upper()}_UNKNOWN"
        self.resource_type = f"sote.client.v1.{what.capitalize()}"
