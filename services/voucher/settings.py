"""The environment of this service's processes; prefix VOUCHER_."""

from pathlib import Path

from pydantic import Field, NonNegativeInt
from pydantic_settings import SettingsConfigDict

from services.chassis.settings import ProcessSettings
from services.voucher.domain.money import Regime
from services.voucher.domain.rules import Rules


class Settings(ProcessSettings):
    """What every process needs, the keys of incomes, and the parameters of the rules."""

    model_config = SettingsConfigDict(env_prefix="VOUCHER_")

    income_keys_file: Path
    """The keys that statements of income are sealed with."""
    accept_weekdays: int = Field(default=Rules.accept_weekdays, ge=1, le=60)
    """How long a chosen provider may think."""
    declare_weekdays: int = Field(default=Rules.declare_weekdays, ge=1, le=60)
    """How long a former provider may say what it still has to claim."""
    claim_window_days: int = Field(default=Rules.claim_window_days, ge=0, le=365)
    """How long after the last day of service claims are taken."""
    plan_notice_days: int = Field(default=Rules.plan_notice_days, ge=0, le=365)
    """How long a voucher runs on whose line a new version of the plan leaves out."""
    quote_valid_days: int = Field(default=Rules.quote_valid_days, ge=1, le=90)
    """How long a quote holds its price."""
    choice_reminder_days: int = Field(default=Rules.choice_reminder_days, ge=1, le=365)
    """When a client who has not chosen is to be reminded."""
    draft_days: int = Field(default=Rules.draft_days, ge=1, le=365)
    """How long a draft that nobody issues is kept."""
    guidance_valid_days: int = Field(default=Rules.guidance_valid_days, ge=1, le=365)
    """How long guidance opens the choice on a voucher."""
    plan_need_min_days: int = Field(default=Rules.plan_need_min_days, ge=1, le=3650)
    """From this length on one service needs a plan."""
    issue_requires_active_plan: bool = Rules.issue_requires_active_plan
    """Whether a voucher of a client who needs a plan waits for its activation."""
    saga_retry_minutes: int = Field(default=Rules.saga_retry_minutes, ge=1, le=10_080)
    """How long a process waits for what may only be late."""
    max_reduction_percent: int = Field(default=Rules.max_reduction_percent, ge=0, le=100)
    """How much sanctions together may take off a payment."""
    count_exit_day: bool = Rules.count_exit_day
    """Whether the day of death or move is a day of service."""
    regime_default: Regime = Rules.regime_default
    """Who pays what of a voucher: ASIAKASSETELI or PALVELUSETELI."""
    regime_by_service: dict[str, Regime] = Field(default_factory=dict)
    """Services with another regime than the default, as JSON."""

    capitation: dict[str, NonNegativeInt] = Field(default_factory=dict)
    """Cents a client and month, by kind of direct choice (HSSC, DENTAL), as JSON; a kind without one is not paid."""

    def rules(self) -> Rules:
        """The parameters for the domain."""
        return self.as_rules(Rules)
