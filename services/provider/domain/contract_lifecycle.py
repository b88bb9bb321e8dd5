"""What may happen to a contract in force: changes of its lines, suspension, notice and its end
(CONTRACT-4 to CONTRACT-9)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.kernel.refusal import InvalidValue
from services.provider.domain.terms import ServiceLine


class SuspensionCause(StrEnum):
    """Who found the grounds of a suspension."""

    COUNTY = "COUNTY"
    EVIDENCE_EXPIRED = "EVIDENCE_EXPIRED"


class TerminationCause(StrEnum):
    """Why a contract was terminated; every cause but NOTICE ends it at once (CONTRACT-8)."""

    NOTICE = "NOTICE"
    SERIOUS_BREACH = "SERIOUS_BREACH"
    BANKRUPTCY = "BANKRUPTCY"
    REGISTRATION_LOST = "REGISTRATION_LOST"


class Party(StrEnum):
    """Which side of a contract."""

    COUNTY = "COUNTY"
    PROVIDER = "PROVIDER"


@dataclass(frozen=True, kw_only=True)
class Suspension:
    """How a contract is suspended: from `effective` on; the provider's clients are served until `safe_until`, or not.

    What was delivered before `effective` stays payable. `safe_until` is inclusive; None: at once.
    """

    grounds: str
    effective: date
    safe_until: date | None
    cause: SuspensionCause

    def __post_init__(self) -> None:
        if self.safe_until is not None and self.safe_until < self.effective:
            raise InvalidValue("safe_continuation_until", "safe continuation ends before the suspension counts")


@dataclass(frozen=True, kw_only=True)
class LineChange:
    """The line of a service as it will be from `effective` on; None: it is removed."""

    service_code: str
    line: ServiceLine | None
    effective: date
    agreed: bool = False

    def __post_init__(self) -> None:
        if self.line is not None and self.line.service_code != self.service_code:
            raise InvalidValue("change.line", "the line is of another service than the change")


def changed_lines(lines: Iterable[ServiceLine], changes: Iterable[LineChange]) -> tuple[ServiceLine, ...]:
    """The lines after the changes, in their order, new ones last."""
    after: dict[str, ServiceLine] = {line.service_code: line for line in lines}
    for change in changes:
        if change.line is None:
            after.pop(change.service_code, None)
        else:
            after[change.service_code] = change.line
    return tuple(after.values())
