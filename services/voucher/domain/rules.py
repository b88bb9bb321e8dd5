"""The county's parameters of voucher rules; values come from the settings of the process."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from services.voucher.domain.money import Regime


class Calendar(Protocol):
    """Counts weekdays as the law does (LIMIT-1)."""

    def nth_weekday_after(self, day: date, n: int) -> date:
        """The last day of a limit of `n` weekdays from an event on `day`."""


@dataclass(frozen=True)
class Rules:
    """Numbers and switches that the county may set; docs/settings.md says what each means. Days are calendar days."""

    accept_weekdays: int = 5
    declare_weekdays: int = 2
    claim_window_days: int = 30
    plan_notice_days: int = 14
    quote_valid_days: int = 7
    choice_reminder_days: int = 14
    draft_days: int = 30
    guidance_valid_days: int = 90
    plan_need_min_days: int = 60
    issue_requires_active_plan: bool = True
    saga_retry_minutes: int = 60
    max_reduction_percent: int = 10
    count_exit_day: bool = True
    regime_default: Regime = Regime.ASIAKASSETELI
    regime_by_service: Mapping[str, Regime] = field(default_factory=dict)
    capitation: Mapping[str, int] = field(default_factory=dict)

    def regime(self, service_code: str) -> Regime:
        """Who pays what for this care service."""
        return self.regime_by_service.get(service_code, self.regime_default)
