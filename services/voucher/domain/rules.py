"""The county's parameters of voucher rules (domain section 8); values come from the settings of the process."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from services.voucher.domain.money import Regime


class Calendar(Protocol):
    """Counts weekdays as the law does (rule 2.6)."""

    def nth_weekday_after(self, day: date, n: int) -> date:
        """The last day of a limit of `n` weekdays from an event on `day`."""


@dataclass(frozen=True)
class Rules:
    """Numbers and switches the county may set; the defaults are those of the rule set."""

    accept_weekdays: int = 5
    """voucher.accept_weekdays: how long a chosen provider may think."""
    declare_weekdays: int = 2
    """voucher.declare_weekdays: how long a former provider may tell what it still has to claim (V9)."""
    claim_window_days: int = 30
    """voucher.claim_window_days: how long after the last day of service claims are taken."""
    plan_notice_days: int = 14
    """voucher.plan_notice_days: how long a voucher runs on whose line a new version of the plan leaves out (N1)."""
    quote_valid_days: int = 7
    """voucher.quote_valid_days: how long a quote holds its price (N8)."""
    choice_reminder_days: int = 14
    """voucher.choice_reminder_days: when a client who has not chosen is to be reminded (A7)."""
    draft_days: int = 30
    """voucher.draft_days: how long a draft that nobody issues is kept."""
    guidance_valid_days: int = 90
    """guidance.valid_days: how long guidance opens a choice."""
    plan_need_min_days: int = 60
    """plan.need_min_days: from this length on one service needs a plan."""
    issue_requires_active_plan: bool = True
    """voucher.issue_requires_active_plan: where a plan is needed."""
    saga_retry_minutes: int = 60
    """saga.retry_minutes: how long a process waits for what may only be late (4.1)."""
    max_reduction_percent: int = 10
    """sanction.max_reduction_pct: how much sanctions together may take off a payment."""
    count_exit_day: bool = True
    """voucher.count_exit_day: whether the day of death or move is a day of service (D2)."""
    regime_default: Regime = Regime.ASIAKASSETELI
    """voucher.regime_default."""
    regime_by_service: Mapping[str, Regime] = field(default_factory=dict)
    """Services with another regime than the default."""
    capitation: Mapping[str, int] = field(default_factory=dict)
    """Cents for a client and month, by kind of direct choice (HSSC, DENTAL); a kind without one is not paid."""

    def regime(self, service_code: str) -> Regime:
        """Who pays what for this care service."""
        return self.regime_by_service.get(service_code, self.regime_default)
