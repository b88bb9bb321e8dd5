"""A service's processes as they run in a county: what their environment says, and how one is started and watched."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from cli.county.children import LOOPBACK, free_port, last_words
from cli.county.keys import ISSUER, ensure_keys
from cli.county.places import CHECKOUT, SERVICES
from cli.county.probes import api_probe, bus_probe

NOWHERE = "postgresql://nobody@127.0.0.1:1/none"
NO_BROKER = "amqp://nobody@127.0.0.1:1/none"


def environment(
    service: str, folder: Path, *, database_url: str = NOWHERE, amqp_uri: str = NO_BROKER, **more: str
) -> dict[str, str]:
    """The environment of a process of the service; keys are made in `folder`, `more` overrides."""
    keys = ensure_keys(folder / "keys")
    given = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {
        **given,
        "PYTHONPATH": f"{CHECKOUT}{os.pathsep}{CHECKOUT / 'protos'}",
        f"{service.upper()}_DATABASE_URL": database_url,
        "AMQP_URI": amqp_uri,
        "COUNTY_SCHEME": "MAAKUNTA_2017",
        "COUNTY_CODE": "06",
        "JWKS_FILE": str(keys.jwks),
        "TOKEN_ISSUER": ISSUER,
        "SECTION_KEYS_FILE": str(keys.section_keys),
        "CLIENT_IDENTITY_KEYS_FILE": str(keys.identity_keys),
        "VOUCHER_INCOME_KEYS_FILE": str(keys.income_keys),
        **{f"{peer.upper()}_ADDRESS": f"{LOOPBACK}:1" for peer in SERVICES},
        **more,
    }


def command(service: str, kind: str) -> list[str]:
    """The command line of the service's process of this kind (api, bus or migrate)."""
    return [sys.executable, "-m", f"services.{service}", kind]


class Process:
    """A running process of a service: its ports and its log."""

    def __init__(self, service: str, kind: str, env: Mapping[str, str], log: Path) -> None:
        self.log = log
        self.port, self.metrics_port = free_port(), free_port()
        ports = {
            f"{service.upper()}_GRPC_PORT": str(self.port),
            f"{service.upper()}_{kind.upper()}_METRICS_PORT": str(self.metrics_port),
        }
        with log.open("ab") as sink:
            self.popen = subprocess.Popen(
                command(service, kind), cwd=CHECKOUT, env={**env, **ports}, stdout=sink, stderr=sink
            )
        self.ready = api_probe(self.port) if kind == "api" else bus_probe(self.metrics_port)

    def wait_ready(self, seconds: float = 60) -> None:
        """Return when it is ready; fails with its last words when it ends or time is up."""
        end = time.monotonic() + seconds
        while not self.ready():
            assert self.popen.poll() is None, last_words(self.log)
            assert time.monotonic() < end, last_words(self.log)
            time.sleep(0.05)

    def until_applied(self, fact: str, *, seconds: float = 30) -> None:
        """Return when the bus process has applied a fact of this name; fails when it was parked."""
        end = time.monotonic() + seconds
        while f'event_handled_total{{event="{fact}",outcome="applied"}}' not in (page := self.metrics()):
            assert 'outcome="dead"' not in page, last_words(self.log)
            assert time.monotonic() < end, last_words(self.log)
            time.sleep(0.05)

    def metrics(self) -> str:
        """Its page of metrics."""
        with urllib.request.urlopen(f"http://{LOOPBACK}:{self.metrics_port}/metrics", timeout=5) as page:
            return str(page.read().decode())


@contextmanager
def running(service: str, kind: str, env: Mapping[str, str], log: Path, *, ready: bool = True) -> Iterator[Process]:
    """The process until the end of the block, ready from its beginning unless `ready` is false."""
    process = Process(service, kind, env, log)
    try:
        if ready:
            process.wait_ready()
        yield process
    finally:
        process.popen.kill()
        process.popen.wait()
