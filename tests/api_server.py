"""One service's api in this process on a free port, over a test database, with callers to call it as."""

import asyncio
import base64
import json
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Any

import grpc
import pytest

from services.chassis.grpc_aio import AioApi, RunningAioServer
from services.chassis.grpc_server import Api, RunningServer
from services.chassis.identity import Caller, TokenMinter, new_private_key
from services.chassis.settings import ProcessSettings

COUNTY = "MAAKUNTA_2017:06"
ISSUER = "sote-development"
CallMetadata = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TokenOffice:
    """A signing key of the tests and the JWKS file with its public half."""

    minter: TokenMinter
    jwks_file: Path

    def metadata(
        self, role: str, *, organisation: str = "county", subject: str = "", county: str = COUNTY, unit: str = ""
    ) -> CallMetadata:
        """Call metadata of somebody in this role: `stub.GetVoucher(request, metadata=..., timeout=10)`."""
        caller = Caller(subject or f"test-{role.lower()}", role, organisation, unit, county)
        return (("authorization", f"Bearer {self.minter.mint(caller)}"),)


@dataclass(frozen=True)
class ServedApi:
    """A running api: its address, a channel to it, and metadata of callers (`api.as_role("CSW")`)."""

    address: str
    channel: grpc.Channel
    as_role: Callable[..., CallMetadata]


@pytest.fixture(scope="session")
def token_office(tmp_path_factory: pytest.TempPathFactory) -> TokenOffice:
    """The key that signs the tests' tokens."""
    minter = TokenMinter(new_private_key(), issuer=ISSUER)
    jwks_file = tmp_path_factory.mktemp("keys") / "jwks.json"
    jwks_file.write_text(json.dumps(minter.jwks()))
    return TokenOffice(minter, jwks_file)


def identity_keys(path: Path) -> Path:
    """A file of keys for identity codes (client) or incomes (voucher), made when it is missing."""
    if not path.exists():
        first, index = (base64.b64encode(secrets.token_bytes(32)).decode() for _ in range(2))
        path.touch(mode=0o600)
        path.write_text(json.dumps({"encryption": {"1": first}, "index": index}))
    return path


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
        "identity_keys_file": identity_keys(office.jwks_file.with_name("identity_keys.json")),
        "income_keys_file": identity_keys(office.jwks_file.with_name("income_keys.json")),
    }
    return kind(**values | more)


def settings_class(service: str) -> type[ProcessSettings]:
    """The one class of settings that the service's settings module defines."""
    module = import_module(f"services.{service}.settings")
    (settings,) = [
        kind
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, ProcessSettings) and kind.__module__ == module.__name__
    ]
    return settings


def serve_here(
    api: Api | AioApi, settings: ProcessSettings, office: TokenOffice
) -> tuple[ServedApi, Callable[[], None]]:
    """Serve a synchronous or asyncio api in this process; gives it and a function that stops it."""
    if isinstance(api, AioApi):
        port, stop = _serve_in_loop(api, settings)
    else:
        server = RunningServer(api, settings)
        port, stop = server.port, lambda: server.stop(0.0)
    address = f"127.0.0.1:{port}"
    channel = grpc.insecure_channel(address)

    def end() -> None:
        channel.close()
        stop()

    return ServedApi(address, channel, office.metadata), end


def _serve_in_loop(api: AioApi, settings: ProcessSettings) -> tuple[int, Callable[[], None]]:
    """Run an asyncio api in a thread of its own, as its process would, and give its port."""
    started: Future[int] = Future()
    ended = asyncio.Event()
    loops: list[asyncio.AbstractEventLoop] = []

    async def run() -> None:
        loops.append(asyncio.get_running_loop())
        async with api.open() as parts:
            server = RunningAioServer(api, settings)
            await server.start(parts)
            started.set_result(server.port)
            await ended.wait()
            await server.stop(0.0)

    def work() -> None:
        try:
            asyncio.run(run())
        except BaseException as error:
            if started.done():
                raise
            started.set_exception(error)

    thread = Thread(target=work, name="aio-server")
    thread.start()

    def stop() -> None:
        loops[0].call_soon_threadsafe(ended.set)
        thread.join(10)

    return started.result(20), stop


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
        settings = process_settings(settings_class(service), url or database(service), token_office, **more)
        served, stop = serve_here(build_api(settings, clock), settings, token_office)
        undo.append(stop)
        return served

    yield start
    while undo:
        undo.pop()()
