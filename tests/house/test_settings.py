"""A process with missing or wrong settings says which, in a line each, and never what any setting holds."""

import subprocess
from pathlib import Path

import pytest

from cli.county.places import SERVICES
from tests import processes
from tests.house.sources import ROOT

CANARY = "canary-5f1c"
KEYS = {"client": "CLIENT_IDENTITY_KEYS_FILE", "voucher": "VOUCHER_INCOME_KEYS_FILE"}


def ended(service: str, kind: str, env: dict[str, str]) -> list[str]:
    """What the process says as it ends by itself."""
    command = processes.command(service, kind)
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=60)
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert CANARY not in said
    assert "Traceback" not in said
    return said.splitlines()


def with_canary(service: str, folder: Path, **more: str) -> dict[str, str]:
    """A whole environment whose database and broker have the canary as password."""
    return processes.environment(
        service,
        folder,
        database_url=f"postgresql://{service}:{CANARY}@127.0.0.1:1/{service}",
        amqp_uri=f"amqp://{service}:{CANARY}@127.0.0.1:1/",
        **more,
    )


@pytest.mark.parametrize("kind", ["api", "bus", "migrate"])
@pytest.mark.parametrize("service", SERVICES)
def test_a_process_says_which_settings_are_missing_or_wrong(service: str, kind: str, tmp_path: Path) -> None:
    threads, own = f"{service.upper()}_THREADS", KEYS.get(service, "SECTION_KEYS_FILE")
    env = with_canary(service, tmp_path, **{threads: CANARY})
    for missing in ("JWKS_FILE", own):
        del env[missing]
    _, *said = ended(service, kind, env)
    assert [line.split(":")[0].strip() for line in said] == sorted(["JWKS_FILE", own, threads])


@pytest.mark.parametrize(
    ("service", "kind", "variable"),
    [
        ("voucher", "api", "VOUCHER_INCOME_KEYS_FILE"),
        ("client", "bus", "CLIENT_DEADLINE_RULES_FILE"),
        ("gateway", "api", "JWKS_FILE"),
        ("package", "bus", "SECTION_KEYS_FILE"),
    ],
)
def test_a_file_that_holds_something_else_is_named(service: str, kind: str, variable: str, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.touch(mode=0o600)
    wrong.write_text(f'{{"encryption": "{CANARY}", "keys": "{CANARY}"}}')
    (said,) = ended(service, kind, with_canary(service, tmp_path, **{variable: str(wrong)}))
    assert said.startswith(f"{variable}: the file cannot be used")
