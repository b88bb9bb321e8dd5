"""Api processes as they run in a county: workers on one port, one page of metrics, a clean end."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from cli.county.children import free_port
from tests import echo_service as echo
from tests.api_server import ISSUER, TokenOffice
from tests.listening import descendants, leaving_loopback, listening

ROOT = Path(__file__).resolve().parents[3]
HANDLED = re.compile(r'^grpc_server_handled_total\{grpc_code="OK",grpc_method="Write".*\} ([0-9.]+)$', re.MULTILINE)


class Running:
    def __init__(self, process: subprocess.Popen[str], port: int, metrics: int, office: TokenOffice) -> None:
        self.process, self.port, self.metrics, self.office = process, port, metrics, office

    def call(self, text: str, **options: Any) -> str:
        """One call over a connection of its own, so that the kernel picks a worker anew."""
        with grpc.insecure_channel(
            f"127.0.0.1:{self.port}", options=[("grpc.use_local_subchannel_pool", 1)]
        ) as channel:
            request = echo.EchoRequest(text=text)
            reply = echo.caller_of(channel, "Write")(
                request, timeout=20, metadata=self.office.metadata("CSW"), **options
            )
        return str(reply.text)

    def page(self) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.metrics}/metrics", timeout=5) as page:
            return str(page.read().decode())

    def children(self) -> list[int]:
        return [
            int(one) for one in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        ]


@pytest.fixture
def start(new_database: Callable[[str], str], token_office: TokenOffice) -> Callable[..., Any]:
    url = new_database("chassis")

    @contextmanager
    def run(workers: int, **more: str) -> Iterator[Running]:
        port, metrics = free_port(), free_port()
        environment = os.environ | {
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'protos'}",
            "ECHO_DATABASE_URL": url,
            "ECHO_GRPC_PORT": str(port),
            "ECHO_API_METRICS_PORT": str(metrics),
            "ECHO_WORKERS": str(workers),
            "AMQP_URI": "amqp://nobody@127.0.0.1:1/none",
            "COUNTY_CODE": "06",
            "COUNTY_SCHEME": "MAAKUNTA_2017",
            "JWKS_FILE": str(token_office.jwks_file),
            "SECTION_KEYS_FILE": str(token_office.jwks_file),
            "TOKEN_ISSUER": ISSUER,
            **more,
        }
        command = [sys.executable, "-m", "tests.builders.chassis.api_process"]
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
            running = Running(process, port, metrics, token_office)
            try:
                running.call("0", wait_for_ready=True)
                yield running
            finally:
                process.kill()

    return run


def test_workers_share_the_port_and_one_page_of_metrics(start: Callable[..., Any]) -> None:
    with start(2) as running:
        for _ in range(20):
            assert running.call("0") == "written"
        counted = [float(value) for value in HANDLED.findall(running.page())]
        assert sum(counted) == 21
        first, second = running.children()
        assert first != second
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(15) == 0
        assert not any(Path(f"/proc/{one}").exists() for one in (first, second))


def test_a_leader_whose_worker_dies_ends_too_so_that_its_supervisor_starts_it_anew(start: Callable[..., Any]) -> None:
    with start(2) as running:
        children = running.children()
        os.kill(children[0], signal.SIGKILL)
        assert running.process.wait(15) == 1
        assert not Path(f"/proc/{children[1]}").exists()


def test_workers_end_with_a_leader_that_was_killed(start: Callable[..., Any]) -> None:
    with start(2) as running:
        children = running.children()
        running.process.kill()
        until = time.monotonic() + 10
        while any(Path(f"/proc/{one}").exists() for one in children):
            assert time.monotonic() < until
            time.sleep(0.1)


def test_sigterm_lets_calls_finish_and_takes_no_new_ones_GUARANTEE_16(start: Callable[..., Any]) -> None:
    with start(1) as running, ThreadPoolExecutor(1) as pool:
        under_way = pool.submit(running.call, "1.5")
        time.sleep(0.5)
        running.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        with pytest.raises(grpc.RpcError) as caught:
            running.call("0")
        error: Any = caught.value
        assert error.code() is grpc.StatusCode.UNAVAILABLE
        assert under_way.result(10) == "written"
        output, _ = running.process.communicate(timeout=15)
        assert running.process.returncode == 0
    lines = [line for line in output.splitlines() if '"event": "rpc"' in line]
    assert len(lines) == 2
    assert all('"code": "OK"' in line and '"role": "CSW"' in line and '"service": "echo"' in line for line in lines)


@pytest.mark.parametrize("workers", [1, 2])
def test_calls_and_metrics_are_answered_on_loopback_only(start: Callable[..., Any], workers: int) -> None:
    with start(workers) as running:
        pids = {running.process.pid, *descendants(running.process.pid)}
        assert {port for pid in pids for _, port in listening(pid)} == {running.port, running.metrics}
        assert leaving_loopback(*pids) == set()


def test_an_api_listens_where_it_is_told(start: Callable[..., Any]) -> None:
    with start(1, BIND_HOST="0.0.0.0") as running:  # noqa: S104
        assert {port for _, port in leaving_loopback(running.process.pid)} == {running.port, running.metrics}


def test_health_is_told_per_service(start: Callable[..., Any]) -> None:
    with start(1) as running, grpc.insecure_channel(f"127.0.0.1:{running.port}") as channel:
        stub = health_pb2_grpc.HealthStub(channel)
        status = stub.Check(health_pb2.HealthCheckRequest(service=f"{echo.PACKAGE}.DeclaredService"), timeout=5)
        assert status.status == health_pb2.HealthCheckResponse.SERVING
