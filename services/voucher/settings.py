"""The environment of this service's processes; prefix VOUCHER_."""

from pathlib import Path

from pydantic import Field, NonNegativeInt
from pydantic_settings import SettingsConfigDict

from services.chassis.settings import ProcessSettings
from services.voucher.domain.money import Regime
from services.voucher.domain.rules import Rules


class Settings(ProcessSettings):
    """What every process needs, the keys of incomes, and the parameters of the rules (domain.md section 8)."""

    model_config = SettingsConfigDict(env_prefix="VOUCHER_")

    income_keys_file: Path
    accept_weekdays: int = Field(default=5, ge=1, le=60)
    declare_weekdays: int = Field(default=2, ge=1, le=60)
    claim_window_days: int = Field(default=30, ge=0, le=365)
    plan_notice_days: int = Field(default=14, ge=0, le=365)
    quote_valid_days: int = Field(default=7, ge=1, le=90)
    choice_reminder_days: int = Field(default=14, ge=1, le=365)
    draft_days: int = Field(default=30, ge=1, le=365)
    guidance_valid_days: int = Field(default=90, ge=1, le=365)
    plan_need_min_days: int = Field(default=60, ge=1, le=3650)
    issue_requires_active_plan: bool = True
    saga_retry_minutes: int = Field(default=60, ge=1, le=10_080)
    max_reduction_percent: int = Field(default=10, ge=0, le=100)
    count_exit_day: bool = True
    regime_default: Regime = Regime.ASIAKASSETELI
    regime_by_service: dict[str, Regime] = Field(default_factory=dict)

    capitation: dict[str, NonNegativeInt] = Field(default_factory=dict)

    def rules(self) -> Rules:
        """The parameters for the domain."""
        return Rules(
            accept_weekdays=self.accept_weekdays,
            declare_weekdays=self.declare_weekdays,
            claim_window_days=self.claim_window_days,
            plan_notice_days=self.plan_notice_days,
            quote_valid_days=self.quote_valid_days,
            choice_reminder_days=self.choice_reminder_days,
            draft_days=self.draft_days,
            guidance_valid_days=self.guidance_valid_days,
            plan_need_min_days=self.plan_need_min_days,
            issue_requires_active_plan=self.issue_requires_active_plan,
            saga_retry_minutes=self.saga_retry_minutes,
            max_reduction_percent=self.max_reduction_percent,
            count_exit_day=self.count_exit_day,
            regime_default=self.regime_default,
            regime_by_service=self.regime_by_service,
            capitation=self.capitation,
        )
