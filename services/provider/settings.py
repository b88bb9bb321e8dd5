"""The environment of this service's processes; prefix PROVIDER_."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from services.chassis.settings import ProcessSettings
from services.provider.domain.rules import Rules


class Settings(ProcessSettings):
    """What every process needs, and the parameters of this service's rules."""

    model_config = SettingsConfigDict(env_prefix="PROVIDER_")

    contract_notice_days: int = Field(default=Rules.notice_days, ge=0, le=1000)
    """Notice of a contract that names none."""
    contract_warn_days: int = Field(default=Rules.warn_days, ge=0, le=1000)
    """How long before evidence or a contract ends it is announced."""
    evidence_grace_days: int = Field(default=Rules.grace_days, ge=0, le=1000)
    """How long a contract goes on after its evidence ran out."""

    sanction_hearing_weekdays: int = Field(default=Rules.hearing_weekdays, ge=1, le=1000)
    """How long a provider has to be heard."""
    sanction_max_reduction_pct: int = Field(default=Rules.largest_reduction, ge=0, le=100)
    """The largest reduction of payments, in percent."""
    sanction_window_days: int = Field(default=Rules.breach_window_days, ge=1, le=1000)
    """Within how many days breaches count together."""
    sanction_deviations: int = Field(default=Rules.deviations, ge=1, le=1000)
    """How many unjustified deviations in the window propose a sanction."""
    sanction_overdue_acknowledgements: int = Field(default=Rules.overdue, ge=1, le=1000)
    """How many overdue acknowledgements in the window propose a sanction."""

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
