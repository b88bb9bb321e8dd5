"""The environment of this service's processes; prefix PROVIDER_."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from services.chassis.settings import ProcessSettings
from services.provider.domain.rules import Rules


class Settings(ProcessSettings):
    """What every process needs, and the parameters of this service's rules (domain.md section 8)."""

    model_config = SettingsConfigDict(env_prefix="PROVIDER_")

    contract_notice_days: int = Field(default=90, ge=0, le=1000)
    contract_warn_days: int = Field(default=60, ge=0, le=1000)
    evidence_grace_days: int = Field(default=14, ge=0, le=1000)

    sanction_hearing_weekdays: int = Field(default=10, ge=1, le=1000)
    sanction_max_reduction_pct: int = Field(default=10, ge=0, le=100)
    sanction_window_days: int = Field(default=90, ge=1, le=1000)
    sanction_deviations: int = Field(default=3, ge=1, le=1000)
    sanction_overdue_acknowledgements: int = Field(default=3, ge=1, le=1000)

    def rules(self) -> Rules:
        """The parameters for the domain."""
        return Rules(
            notice_days=self.contract_notice_days,
            warn_days=self.contract_warn_days,
            grace_days=self.evidence_grace_days,
            hearing_weekdays=self.sanction_hearing_weekdays,
            largest_reduction=self.sanction_max_reduction_pct,
            breach_window_days=self.sanction_window_days,
            deviations=self.sanction_deviations,
            overdue=self.sanction_overdue_acknowledgements,
        )
