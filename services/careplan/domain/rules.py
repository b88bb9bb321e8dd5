"""The numbers a county may set for its plans, and the calendar they are counted with."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from services.careplan.domain.terms import OperatorKind, StatutoryKind


class Calendar(Protocol):
    """Counts Finnish weekdays (LIMIT-1)."""

    def nth_weekday_after(self, day: date, n: int) -> date:
        """The last day of a limit of `n` weekdays from an event on `day`."""
        ...


@dataclass(frozen=True)
class StatutoryRule:
    """One row of the reference table: services of these tasks, or these services, ask for the section."""

    kind: StatutoryKind
    tasks: tuple[str, ...]
    services: tuple[str, ...]
    required: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    legal_basis: str
    source: str

    def in_force(self, day: date) -> bool:
        """Whether the rule is in force on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def asks_for(self, service_code: str, task: str) -> bool:
        """Whether a planned service with this code, of this service task, asks for the section."""
        return service_code in self.services or task in self.tasks


@dataclass(frozen=True)
class Rules:
    """Business parameters; each with its default."""

    operator_kinds: tuple[OperatorKind, ...] = (OperatorKind.COUNTY_ENTERPRISE, OperatorKind.DIRECT_CHOICE_HSSC)
    assessment_max_age_days: int = 365
    review_interval_days: int = 180
    consultation_due_weekdays: int = 7
    acknowledgement_due_weekdays: int = 5
    saga_retry_minutes: int = 60
    chain_response_weekdays: int = 3
    objection_resolve_weekdays: int = 5
    deadline_warn_weekdays: int = 2
    publish_target_minutes: int = 5
    mask_sensitive_tasks: bool = True
    statutory: tuple[StatutoryRule, ...] = ()
    reroute_due_24h_weekdays: int = 3
    reroute_due_weekdays: int = 10
