"""Typed environment of one process: what a service says with its prefix, and what all processes of a county share."""

from pathlib import Path

from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


def shared(name: str) -> AliasChoices:
    """An environment variable that carries no service prefix (the attribute's own name works as keyword)."""
    return AliasChoices(name, name.lower())


class ProcessSettings(BaseSettings):
    """Settings of an api or bus process; `ProcessSettings(_env_prefix="VOUCHER_")` tells all errors at once."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True, populate_by_name=True)

    database_url: str
    grpc_port: int = 0
    api_metrics_port: int = 0
    bus_metrics_port: int = 0
    workers: int = Field(default=1, ge=1, le=64)
    threads: int = Field(default=6, ge=1, le=64)

    amqp_uri: str = Field(validation_alias=shared("AMQP_URI"))
    county_code: str = Field(validation_alias=shared("COUNTY_CODE"))
    county_scheme: str = Field(validation_alias=shared("COUNTY_SCHEME"))
    jwks_file: Path = Field(validation_alias=shared("JWKS_FILE"))
    section_keys_file: Path = Field(validation_alias=shared("SECTION_KEYS_FILE"))
    clock_file: Path | None = Field(default=None, validation_alias=shared("CLOCK_FILE"))
    log_level: str = Field(default="INFO", validation_alias=shared("LOG_LEVEL"))
    bind_host: str = Field(default="127.0.0.1", validation_alias=shared("BIND_HOST"))
    token_issuer: str = Field(default="sote-development", validation_alias=shared("TOKEN_ISSUER"))
    token_max_seconds: int = Field(default=600, ge=1, validation_alias=shared("TOKEN_MAX_SECONDS"))
    reflection: bool = Field(default=True, validation_alias=shared("GRPC_REFLECTION"))
    drain_seconds: float = Field(default=10.0, ge=0.0, validation_alias=shared("DRAIN_SECONDS"))

    @property
    def county(self) -> str:
        """The deployment's county as callers and rows carry it, for example `MAAKUNTA_2017:06`."""
        return f"{self.county_scheme}:{self.county_code}"
