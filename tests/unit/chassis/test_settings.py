"""Settings of a process: what is missing or wrong is named by its variable, and what it holds is shown to nobody."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError
from pydantic_settings import SettingsConfigDict

from services.chassis.settings import ProcessSettings

CANARY = "canary-5f1c"
DATABASE = f"postgresql://echo:{CANARY}@127.0.0.1:5432/echo"
GIVEN = {
    "ECHO_DATABASE_URL": DATABASE,
    "ECHO_WEIGHTS": '{"one": 1}',
    "AMQP_URI": f"amqp://echo:{CANARY}@127.0.0.1:5672/",
    "COUNTY_CODE": "06",
    "COUNTY_SCHEME": "MAAKUNTA_2017",
    "JWKS_FILE": "jwks.json",
    "SECTION_KEYS_FILE": "sections.json",
}


class Settings(ProcessSettings):
    """Settings of a service."""

    model_config = SettingsConfigDict(env_prefix="ECHO_")

    weights: dict[str, int]


class UnusableEcho(Exception):
    """An error of ours has words of ours."""


UnusableEcho.__module__ = "services.echo"


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What a process says as it ends, with these variables changed or (empty) missing."""

    def read(**changes: str) -> str:
        for name, value in {**GIVEN, **changes}.items():
            monkeypatch.setenv(name, value) if value else monkeypatch.delenv(name, raising=False)
        with pytest.raises(SystemExit) as caught:
            Settings.from_environment()
        assert caught.value.__context__ is None or caught.value.__suppress_context__
        return str(caught.value)

    return read


def test_right_settings_are_read_and_show_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in GIVEN.items():
        monkeypatch.setenv(name, value)
    settings = Settings.from_environment()
    assert settings.database_url.get_secret_value() == DATABASE
    assert settings.weights == {"one": 1}
    assert CANARY not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"


def test_everything_missing_is_said_at_once_by_its_variable(ended: Callable[..., str]) -> None:
    said = ended(JWKS_FILE="", ECHO_WEIGHTS="", COUNTY_CODE="").splitlines()
    assert said[1:] == ["  COUNTY_CODE: not set", "  ECHO_WEIGHTS: not set", "  JWKS_FILE: not set"]


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ECHO_THREADS", CANARY),
        ("ECHO_THREADS", "0"),
        ("ECHO_WEIGHTS", f"{{{CANARY}"),
        ("ECHO_WEIGHTS", f'{{"one": "{CANARY}"}}'),
        ("DRAIN_SECONDS", "-1"),
        ("ECHO_DATABASE_URL", f"postgresql://echo:{CANARY}/more@127.0.0.1:5432/echo"),
        ("ECHO_DATABASE_URL", f"postgresql://echo:{CANARY}@127.0.0.1:port/echo"),
        ("ECHO_DATABASE_URL", f"mysql://echo:{CANARY}@127.0.0.1/echo"),
        ("ECHO_DATABASE_URL", CANARY),
        ("AMQP_URI", f"amqp://echo:{CANARY}#more@127.0.0.1:99999/"),
        ("AMQP_URI", f"http://echo:{CANARY}@127.0.0.1/"),
    ],
)
def test_a_wrong_value_is_named_and_never_shown(ended: Callable[..., str], variable: str, value: str) -> None:
    said = ended(**{variable: value})
    assert f"  {variable}: " in said
    assert CANARY not in said


def test_an_error_of_validation_shows_no_value() -> None:
    with pytest.raises(ValidationError) as caught:
        Settings(database_url=DATABASE, threads=CANARY)
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError(f"not {CANARY}"), "JWKS_FILE: the file cannot be used: ValueError"),
        (FileNotFoundError(2, CANARY), "JWKS_FILE: the file cannot be used: FileNotFoundError"),
        (UnusableEcho("no keys of ours"), "JWKS_FILE: the file cannot be used: no keys of ours"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_by_its_variable(
    monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    for name, value in GIVEN.items():
        monkeypatch.setenv(name, value)

    def read(_: Path) -> None:
        raise error

    with pytest.raises(SystemExit) as caught:
        Settings.from_environment().opened("jwks_file", read)
    assert str(caught.value) == said
