"""From a write in a service to the record, over the real outbox, broker and bus processes."""

import base64
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import grpc
import pytest

from cli.county.children import free_port
from services.chassis.door import MIN_VERSION_KEY
from sote.client.v1 import client_pb2, client_service_pb2, client_service_pb2_grpc
from sote.gateway.v1 import gateway_service_pb2, gateway_service_pb2_grpc, record_pb2
from tests.api_server import ISSUER, ServedApi, TokenOffice, identity_keys
from tests.county import artificial_code

ROOT = Path(__file__).resolve().parents[3]
NOBODY = "127.0.0.1:1"


@pytest.fixture
def bus(tmp_path: Path, amqp_uri: str, token_office: TokenOffice) -> Callable[[str, str], Any]:
    """Run the bus process of a service over a database: `with bus("client", url): ...`; it is ready inside."""
    keys = tmp_path / "sections.json"
    keys.write_text(json.dumps({"current": 1, "keys": {"1": base64.b64encode(os.urandom(32)).decode()}}))
    shared = {
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'protos'}",
        "AMQP_URI": amqp_uri,
        "COUNTY_CODE": "06",
        "COUNTY_SCHEME": "MAAKUNTA_2017",
        "JWKS_FILE": str(token_office.jwks_file),
        "SECTION_KEYS_FILE": str(keys),
        "TOKEN_ISSUER": ISSUER,
        "CLIENT_IDENTITY_KEYS_FILE": str(identity_keys(tmp_path / "identity.json")),
        **{f"{name}_ADDRESS": NOBODY for name in ("CLIENT", "CAREPLAN", "PROVIDER", "VOUCHER", "PACKAGE")},
    }

    @contextmanager
    def run(service: str, url: str) -> Iterator[None]:
        port = free_port()
        own = {f"{service.upper()}_DATABASE_URL": url, f"{service.upper()}_BUS_METRICS_PORT": str(port)}
        with (tmp_path / f"{service}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"services.{service}", "bus"],
                cwd=ROOT, env=os.environ | shared | own, stdout=log, stderr=log,
            )  # fmt: skip
            try:
                _until(lambda: _ready(port), f"{service} to be ready: {log.name}")
                yield
            finally:
                process.kill()
                process.wait()

    return run


def _ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/ready", timeout=2) as page:
            return bool(page.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _until(true: Callable[[], bool], what: str, seconds: float = 40.0) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, f"waited in vain for {what}"
        time.sleep(0.02)


def test_a_registered_client_is_in_the_record_within_moments_S1_43(
    new_database: Callable[[str], str], api_server: Callable[..., ServedApi], bus: Callable[[str, str], Any]
) -> None:
    clients_url, records_url = new_database("client"), new_database("gateway")
    clients = api_server("client", url=clients_url)
    nowhere = {f"{name}_address": NOBODY for name in ("careplan", "provider", "voucher", "package")}
    gateway = api_server("gateway", url=records_url, client_address=clients.address, **nowhere)
    register = client_service_pb2_grpc.ClientServiceStub(clients.channel).RegisterClient
    read = gateway_service_pb2_grpc.GatewayServiceStub(gateway.channel).GetRecord
    metadata = clients.as_role("CSW")

    def record(client_id: str, min_version: str = "") -> record_pb2.Record:
        purpose = record_pb2.PURPOSE_CARE_AND_SERVICE
        request = gateway_service_pb2.GetRecordRequest(client_id=client_id, purpose=purpose, min_version=min_version)
        return read(request, metadata=metadata, timeout=20)

    def known(client_id: str) -> bool:
        try:
            return record(client_id).client.client_id == client_id
        except grpc.RpcError:
            return False

    with bus("client", clients_url), bus("gateway", records_url):
        for number in (903, 904, 905):
            registration = client_service_pb2.RegisterClientRequest(
                identity_code=artificial_code("110312", number),
                person=client_pb2.Person(given_name="Aino", family_name="Esimerkki", language=client_pb2.LANGUAGE_FI),
                contact_data=client_pb2.ContactData(municipality_code="837"),
            )
            registered, call = register.with_call(registration, metadata=metadata, timeout=20)
            token = {key: str(value) for key, value in call.trailing_metadata()}[MIN_VERSION_KEY]
            assert token.startswith(str(UUID(registered.uid)))
            # The writer sees its write at once, everybody else when the bus has brought it.
            assert record(registered.uid, token).client.identity.given_name == "Aino"
            began = time.monotonic()
            _until(lambda uid=registered.uid: known(uid), "the section to arrive", 20.0)  # type: ignore[misc]
            lag = time.monotonic() - began
    assert lag < 5.0
