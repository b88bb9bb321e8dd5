"""The environment of this service's processes; prefix PACKAGE_."""

from pydantic_settings import SettingsConfigDict

from services.chassis.settings import ProcessSettings
from services.package.domain.rules import Rules


class Settings(ProcessSettings):
    """What every process needs, and the parameters of this service's rules (domain.md section 8)."""

    model_config = SettingsConfigDict(env_prefix="PACKAGE_")

    require_both_sectors: bool = False

    def rules(self) -> Rules:
        """The parameters for the domain."""
        return Rules(require_both_sectors=self.require_both_sectors)
