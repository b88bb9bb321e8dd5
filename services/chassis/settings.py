"""The settings of one process, read from its environment: some with the service's prefix, some shared by a county."""

import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Self, TypeVar
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

Made = TypeVar("Made")
_ADDRESSES = {
    "database_url": ("postgresql", "postgresql+psycopg"),
    "amqp_uri": ("amqp", "amqps"),
}


def shared(name: str) -> AliasChoices:
    """An environment variable that carries no service prefix (the attribute's own name works as keyword)."""
    return AliasChoices(name, name.lower())


class ProcessSettings(BaseSettings):
    """Settings of an api or bus process; no error, representation or log line shows what a setting holds."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True, populate_by_name=True, hide_input_in_errors=True)

    database_url: SecretStr
    """The service's own PostgreSQL database; special characters percent-encoded."""
    grpc_port: int = 0
    """Port of the api; 0: a free one."""
    api_metrics_port: int = 0
    """Port of the api's /metrics; 0: a free one."""
    bus_metrics_port: int = 0
    """Port of the bus's /metrics, /ready and /live; 0: a free one."""
    workers: int = Field(default=1, ge=1, le=64)
    """Processes of the api that share its port."""
    threads: int = Field(default=6, ge=1, le=64)
    """Calls that one process of the api handles at once."""

    amqp_uri: SecretStr = Field(validation_alias=shared("AMQP_URI"))
    """The county's RabbitMQ."""
    county_code: str = Field(validation_alias=shared("COUNTY_CODE"))
    """The county's two-digit code in its scheme."""
    county_scheme: str = Field(validation_alias=shared("COUNTY_SCHEME"))
    """The list that the code is of: MAAKUNTA_2017 or HVA_2023."""
    jwks_file: Path = Field(validation_alias=shared("JWKS_FILE"))
    """Public keys of the issuer of tokens (JWKS)."""
    section_keys_file: Path = Field(validation_alias=shared("SECTION_KEYS_FILE"))
    """The county's keys that sections are sealed with."""
    clock_file: Path | None = Field(default=None, validation_alias=shared("CLOCK_FILE"))
    """Development only: a file that holds the time; without one the clock of the machine counts."""
    log_level: str = Field(default="INFO", validation_alias=shared("LOG_LEVEL"))
    """The least level that is logged."""
    bind_host: str = Field(default="127.0.0.1", validation_alias=shared("BIND_HOST"))
    """The address that every port listens on."""
    token_issuer: str = Field(default="sote-development", validation_alias=shared("TOKEN_ISSUER"))
    """Whose tokens are accepted (iss)."""
    token_max_seconds: int = Field(default=600, ge=1, validation_alias=shared("TOKEN_MAX_SECONDS"))
    """The longest life of a token that is accepted."""
    reflection: bool = Field(default=False, validation_alias=shared("GRPC_REFLECTION"))
    """Whether callers with a token may ask what the api offers (server reflection); for development."""
    drain_seconds: float = Field(default=10.0, ge=0.0, validation_alias=shared("DRAIN_SECONDS"))
    """How long a process that ends lets calls and messages under way finish."""

    def as_rules(self, kind: type[Made], **given: object) -> Made:
        """The domain's rules, a dataclass: a field named as a setting gets that setting, the rest is `given`."""
        names = {field.name for field in fields(kind)}  # type: ignore[arg-type]
        return kind(**{name: getattr(self, name) for name in names & type(self).model_fields.keys()} | given)

    @property
    def county(self) -> str:
        """The deployment's county as callers and rows carry it, for example `MAAKUNTA_2017:06`."""
        return f"{self.county_scheme}:{self.county_code}"

    @field_validator(*_ADDRESSES)
    @classmethod
    def _can_be_read(cls, value: SecretStr, field: ValidationInfo) -> SecretStr:
        """Refuse an address that cannot be parsed: a library's error would quote it, with the password."""
        schemes = _ADDRESSES[field.field_name or ""]
        try:
            parts = urlsplit(value.get_secret_value())
            well_formed = parts.scheme in schemes and (parts.port is None or parts.port > 0)
        except ValueError:
            well_formed = False
        if not well_formed:
            raise ValueError(f"no {schemes[0]}:// address with special characters percent-encoded")
        return value

    @classmethod
    def from_environment(cls) -> Self:
        """The settings of this process; ends it with a line for each variable that is missing or wrong."""
        try:
            return cls()
        except ValidationError as error:
            wrong = {
                cls.variable(str(detail["loc"][0])): _said(detail["type"], detail["msg"]) for detail in error.errors()
            }
        except SettingsError as error:
            match = re.search(r'field "(\w+)"', str(error))
            wrong = {cls.variable(match[1]) if match else "a variable": "not valid JSON"}
        lines = [f"  {variable}: {problem}" for variable, problem in sorted(wrong.items())]
        raise SystemExit("\n".join(["these settings are missing or wrong:", *lines]))

    @classmethod
    def variable(cls, name: str) -> str:
        """The environment variable of a setting: `VOUCHER_INCOME_KEYS_FILE` of `income_keys_file`."""
        field = cls.model_fields.get(name)
        if field is None:
            return name
        if isinstance(field.validation_alias, AliasChoices):
            return str(field.validation_alias.choices[0])
        return f"{cls.model_config.get('env_prefix', '')}{name}".upper()

    def opened(self, name: str, read: Callable[[Path], Made]) -> Made:
        """What `read` makes of the file that a setting names; ends the process, naming the variable, if it cannot."""
        try:
            return read(getattr(self, name))
        except Exception as error:
            # The text of a library's error may quote the file.
            description = str(error) if type(error).__module__.startswith("services.") else type(error).__name__
            raise SystemExit(f"{self.variable(name)}: the file cannot be used: {description}") from None


def _said(kind: str, message: str) -> str:
    return "not set" if kind == "missing" else message.removeprefix("Value error, ")
