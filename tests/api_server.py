"""One service's api in this process on a free port, over a test database, with callers to call it as."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import grpc
import pytest

from services.chassis.grpc_server import RunningServer
from services.chassis.identity import Caller, TokenMinter, new_private_key
from services.chassis.settings import ProcessSettings

COUNTY = "MAAKUNTA_2017:06"
ISSUER = "sote-development"


@dataclass(frozen=True)
class TokenOffice:
    """A signing key of the tests and the JWKS file that tells its public half."""

    minter: TokenMinter
    jwks_file: Path

    def metadata(
        self, role: str, *, organisation: str = "county", subject: str = "", county: str = COUNTY, unit: str = ""
    ) -> list[tuple[str, str]]:
        """Call metadata of somebody in this role: `stub.GetVoucher(request, metadata=..., timeout=10)`."""
        caller = Caller(subject or f"test-{role.lower()}", role, organisation, unit, county)
        return [("authorization", f"Bearer {self.minter.mint(caller)}")]


@dataclass(frozen=True)
class ServedApi:
    """A running api: its address, a channel to it, and metadata of callers (`api.as_role("CSW")`)."""

    address: str
    channel: grpc.Channel
    as_role: Callable[..., list[tuple[str, str]]]


@pytest.fixture(scope="session")
def token_office(tmp_path_factory: pytest.TempPathFactory) -> TokenOffice:
    """The key that signs the tests' tokens."""
    minter = TokenMinter(new_private_key(), issuer=ISSUER)
    jwks_file = tmp_path_factory.mktemp("keys") / "jwks.json"
    jwks_file.write_text(json.dumps(minter.jwks()))
    return TokenOffice(minter, jwks_file)


def process_settings(kind: type[ProcessSettings], url: str, office: TokenOffice, **more: Any) -> ProcessSettings:
    """Settings of a process under test; `more` for what a service adds."""
    values: dict[str, Any] = {
        "database_url": url,
        "amqp_uri": "amqp://nobody@127.0.0.1:1/none",
        "county_code": "06",
        "county_scheme": "MAAKUNTA_2017",
        "jwks_file": office.jwks_file,
        "section_keys_file": office.jwks_file,
        "token_issuer": ISSUER,
    }
    return kind(**values | more)


@pytest.fixture
def api_server(
    database: Callable[[str], str], clock: Callable[[], datetime], token_office: TokenOffice
) -> Iterator[Callable[..., ServedApi]]:
    """`api_server("voucher")`: the api that `services.voucher.__main__.build_api(settings, clock)` describes, serving.

    `url` names another database than the session's, for tests that count rows.
    """
    undo: list[Callable[[], None]] = []

    def start(service: str, *, url: str | None = None, **more: Any) -> ServedApi:
        build_api = import_module(f"services.{service}.__main__").build_api
        kind = import_module(f"services.{service}.settings").Settings
        settings = process_settings(kind, url or database(service), token_office, **more)
        server = RunningServer(build_api(settings, clock), settings)
        channel = grpc.insecure_channel(f"127.0.0.1:{server.port}")
        undo.extend([lambda: server.stop(0.0), channel.close])
        return ServedApi(f"127.0.0.1:{server.port}", channel, token_office.metadata)

    yield start
    while undo:
        undo.pop()()
