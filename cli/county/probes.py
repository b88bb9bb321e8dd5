"""Is a process ready? An api says so by gRPC health, a bus process on its metrics port."""

import urllib.error
import urllib.request
from collections.abc import Callable

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from cli.county.children import LOOPBACK

READINESS = "readiness"
PATIENCE_SECONDS = 1.0

Probe = Callable[[], bool]


def api_probe(port: int) -> Probe:
    """Asks the health service of the api on `port` whether it can work."""

    def ready() -> bool:
        with grpc.insecure_channel(f"{LOOPBACK}:{port}") as channel:
            request = health_pb2.HealthCheckRequest(service=READINESS)
            try:
                answer = health_pb2_grpc.HealthStub(channel).Check(request, timeout=PATIENCE_SECONDS)
            except grpc.RpcError:
                return False
            return bool(answer.status == health_pb2.HealthCheckResponse.SERVING)

    return ready


def bus_probe(metrics_port: int) -> Probe:
    """Asks the bus process on its metrics port whether its consumers are present."""

    def ready() -> bool:
        try:
            with urllib.request.urlopen(f"http://{LOOPBACK}:{metrics_port}/ready", timeout=PATIENCE_SECONDS) as reply:
                return bool(reply.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    return ready
