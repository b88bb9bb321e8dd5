"""The environment of this service's processes; prefix PACKAGE_."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from services.chassis.settings import ProcessSettings
from services.package.domain.rules import Rules


class Settings(ProcessSettings):
    """What every process needs, and the parameters of this service's rules (domain.md section 8)."""

    model_config = SettingsConfigDict(env_prefix="PACKAGE_")

    require_both_sectors: bool = False
    saga_retry_minutes: int = Field(default=60, ge=1, le=100_000)
    enrolment_activation_days: int = Field(default=21, ge=1, le=1000)
    enrolment_plan_days: int = Field(default=60, ge=1, le=1000)

    def rules(self) -> Rules:
        """The parameters for the domain."""
        return Rules(
            require_both_sectors=self.require_both_sectors,
            step_minutes=self.saga_retry_minutes,
            activation_days=self.enrolment_activation_days,
            plan_days=self.enrolment_plan_days,
        )
