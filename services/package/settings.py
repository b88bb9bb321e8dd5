"""The environment of this service's processes; prefix PACKAGE_."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from services.chassis.settings import ProcessSettings
from services.package.domain.rules import Rules


class Settings(ProcessSettings):
    """What every process needs, and the parameters of this service's rules."""

    model_config = SettingsConfigDict(env_prefix="PACKAGE_")

    require_both_sectors: bool = Rules.require_both_sectors
    """Whether every package holds social and health services."""
    saga_retry_minutes: int = Field(default=Rules.step_minutes, ge=1, le=100_000)
    """How long an expansion waits for another service before the county is shown it."""
    enrolment_activation_days: int = Field(default=Rules.activation_days, ge=1, le=1000)
    """How long it waits for its plan to come into force before the county is shown it."""
    enrolment_plan_days: int = Field(default=Rules.plan_days, ge=1, le=1000)
    """How long it waits for a plan before it fails."""

    def rules(self) -> Rules:
        """The parameters for the domain."""
        return Rules(
            require_both_sectors=self.require_both_sectors,
            step_minutes=self.saga_retry_minutes,
            activation_days=self.enrolment_activation_days,
            plan_days=self.enrolment_plan_days,
        )
