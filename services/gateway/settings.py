"""What a gateway process reads from its environment (prefix GATEWAY_)."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from services.chassis.settings import ProcessSettings, shared


class Settings(ProcessSettings):
    """Settings of the gateway: where the five services answer, and how long they may take for one record."""

    model_config = SettingsConfigDict(env_prefix="GATEWAY_")

    client_address: str = Field(validation_alias=shared("CLIENT_ADDRESS"))
    """Host and port of the client service."""
    careplan_address: str = Field(validation_alias=shared("CAREPLAN_ADDRESS"))
    """Host and port of the careplan service."""
    provider_address: str = Field(validation_alias=shared("PROVIDER_ADDRESS"))
    """Host and port of the provider service."""
    voucher_address: str = Field(validation_alias=shared("VOUCHER_ADDRESS"))
    """Host and port of the voucher service."""
    package_address: str = Field(validation_alias=shared("PACKAGE_ADDRESS"))
    """Host and port of the package service."""
    peer_budget_seconds: float = Field(default=2.0, gt=0)
    """How long the services together may take for one record."""
    pool_size: int = Field(default=8, ge=1)
    """Connections to its own database."""

    @property
    def addresses(self) -> dict[str, str]:
        """Service to address."""
        services = ("client", "careplan", "provider", "voucher", "package")
        return {service: getattr(self, f"{service}_address") for service in services}
