"""Callers that open a call and say nothing: an api goes on answering the others, and tells its health."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from threading import Event
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc
from sqlalchemy import Engine

from services.chassis import grpc_aio, grpc_chain
from services.chassis.clock import Clock
from services.chassis.grpc_aio import AioApi, AioParts
from services.chassis.policy import Policy
from services.chassis.settings import ProcessSettings
from tests import echo_service as echo
from tests.api_server import COUNTY, CallMetadata, ServedApi, TokenOffice, process_settings, serve_here
from tests.builders.chassis.echo import Served

MANY = 40
SHORT = 4.0
REFLECTION = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"
WRITE = f"/{echo.PACKAGE}.DeclaredService/Write"
CHECK, WATCH = "/grpc.health.v1.Health/Check", "/grpc.health.v1.Health/Watch"
Opened = list[Any]


class Silent:
    """A channel whose streams are opened and then say nothing."""

    def __init__(self, port: int) -> None:
        self._over = Event()
        self._held: Opened = []
        self._channel: Any = grpc.insecure_channel(f"127.0.0.1:{port}", options=[("grpc.use_local_subchannel_pool", 1)])

    def open(self, path: str, metadata: CallMetadata = (), number: int = MANY) -> Opened:
        """So many silent streams on a method; returns when the server knows of them."""
        opened: Opened = [self._channel.stream_stream(path)(self._nothing(), metadata=metadata) for _ in range(number)]
        self._held += opened
        # What comes after them on the same connection is seen after them.
        with pytest.raises(grpc.RpcError, match="UNIMPLEMENTED"):
            self._channel.unary_unary("/nobody/Has")(b"", timeout=10)
        return opened

    def close(self) -> None:
        self._over.set()
        self._channel.close()

    def _nothing(self) -> Iterator[bytes]:
        self._over.wait()
        yield from ()


@pytest.fixture
def reflecting(chassis_engine: Engine, clock: Clock, token_office: TokenOffice) -> Iterator[Served]:
    """An api in development."""
    one = Served(chassis_engine, clock, token_office, reflection=True)
    yield one
    one.channel.close()
    one.server.stop(0.0)


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Patience is short."""
    monkeypatch.setattr(grpc_chain, "SILENT_SECONDS", SHORT)
    monkeypatch.setattr(grpc_chain, "REFLECTION_SECONDS", SHORT)


@pytest.fixture
def silent() -> Iterator[Callable[[int], Silent]]:
    made: list[Silent] = []

    def connect(port: int) -> Silent:
        made.append(Silent(port))
        return made[-1]

    yield connect
    for one in made:
        one.close()


def code(call: Any) -> grpc.StatusCode:
    """How a stream ended; waits for that."""
    with pytest.raises(grpc.RpcError) as caught:
        next(call)
    error: Any = caught.value
    return error.code()  # type: ignore[no-any-return]


def health_of(channel: grpc.Channel) -> int:
    """The answer of a probe, as impatient as probes are."""
    return int(health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest(), timeout=2).status)


def answers(served: Served) -> bool:
    """Whether calls and health are answered at once."""
    told = health_of(served.channel) == health_pb2.HealthCheckResponse.SERVING
    return told and bool(served.call("Write", timeout=2).text == "CSW")


def services(channel: grpc.Channel, metadata: CallMetadata) -> list[str]:
    """What an api says that it serves."""
    request = reflection_pb2.ServerReflectionRequest(list_services="")
    stub = reflection_pb2_grpc.ServerReflectionStub(channel)
    (reply,) = stub.ServerReflectionInfo(iter([request]), metadata=metadata, timeout=5)
    return [one.name for one in reply.list_services_response.service]


def test_reflection_is_off_unless_told(served: Served, silent: Callable[[int], Silent]) -> None:
    opened = silent(served.server.port).open(REFLECTION, served.office.metadata("CSW"))
    assert {code(one) for one in opened} == {grpc.StatusCode.UNIMPLEMENTED}
    assert answers(served)


def test_reflection_is_for_callers_with_a_token(reflecting: Served, silent: Callable[[int], Silent]) -> None:
    opened = silent(reflecting.server.port).open(REFLECTION)
    assert {code(one) for one in opened} == {grpc.StatusCode.UNAUTHENTICATED}
    assert f"{echo.PACKAGE}.DeclaredService" in services(reflecting.channel, reflecting.office.metadata("CON"))


def test_readers_of_schemas_are_few_and_give_way_to_the_next(
    reflecting: Served, silent: Callable[[int], Silent]
) -> None:
    token = reflecting.office.metadata("CSW")
    opened = silent(reflecting.server.port).open(REFLECTION, token)
    assert answers(reflecting)
    assert {code(one) for one in opened[: -grpc_chain.REFLECTING]} == {grpc.StatusCode.CANCELLED}
    assert services(reflecting.channel, token)


@pytest.mark.usefixtures("soon")
def test_a_reader_of_schemas_has_an_end(request: pytest.FixtureRequest, silent: Callable[[int], Silent]) -> None:
    reflecting: Served = request.getfixturevalue("reflecting")
    opened = silent(reflecting.server.port).open(REFLECTION, reflecting.office.metadata("CSW"), number=1)
    assert code(opened[0]) is grpc.StatusCode.CANCELLED


def test_a_silent_stranger_is_refused_before_a_request_is_waited_for(
    served: Served, silent: Callable[[int], Silent]
) -> None:
    opened = silent(served.server.port).open(WRITE)
    assert {code(one) for one in opened} == {grpc.StatusCode.UNAUTHENTICATED}
    assert answers(served)


@pytest.mark.usefixtures("soon")
def test_a_silent_caller_is_ended_and_health_is_told_meanwhile(
    request: pytest.FixtureRequest, silent: Callable[[int], Silent]
) -> None:
    served: Served = request.getfixturevalue("served")
    opened = silent(served.server.port).open(WRITE, served.office.metadata("CSW"), number=6)
    assert health_of(served.channel) == health_pb2.HealthCheckResponse.SERVING
    assert served.call("Write", timeout=10).text == "CSW"
    assert {code(one) for one in opened} == {grpc.StatusCode.CANCELLED}


@pytest.mark.parametrize("path", [CHECK, WATCH])
def test_silent_probes_keep_nobody_from_asking(served: Served, silent: Callable[[int], Silent], path: str) -> None:
    silent(served.server.port).open(path)
    assert answers(served)
    watching = health_pb2_grpc.HealthStub(served.channel).Watch(health_pb2.HealthCheckRequest(), timeout=5)
    assert next(watching).status == health_pb2.HealthCheckResponse.SERVING
    watching.cancel()


@pytest.mark.parametrize(("path", "role"), [(WRITE, "CSW"), (CHECK, ""), (WATCH, "")])
def test_a_call_without_a_request_is_refused(served: Served, path: str, role: str) -> None:
    metadata = served.office.metadata(role) if role else ()
    call: Any = served.channel.stream_stream(path)
    for requests in ([], [b"\xff"]):
        assert code(call(iter(requests), metadata=metadata)) is grpc.StatusCode.INVALID_ARGUMENT


@pytest.fixture
def gateway(token_office: TokenOffice, soon: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[ServedApi]:
    """An api in a loop of its own, as the gateway's is, in development."""
    monkeypatch.setattr(grpc_aio, "REFLECTION_SECONDS", SHORT)

    async def write(request: Any, context: Any) -> Any:
        return echo.EchoReply(text="written")

    async def ready() -> bool:
        return True

    @asynccontextmanager
    async def parts() -> AsyncIterator[AioParts]:
        yield AioParts([(echo.adder(), {"Write": write, "Read": write})], ready)

    policy = Policy([f"{echo.PACKAGE}.DeclaredService"], county=COUNTY)
    settings = process_settings(ProcessSettings, "postgresql://unused", token_office, reflection=True)
    served, stop = serve_here(AioApi("echo", policy, {}, parts), settings, token_office)
    yield served
    stop()


def test_an_api_in_a_loop_bounds_its_readers_too(gateway: ServedApi, silent: Callable[[int], Silent]) -> None:
    quiet = silent(int(gateway.address.rpartition(":")[2]))
    assert {code(one) for one in quiet.open(REFLECTION)} == {grpc.StatusCode.UNAUTHENTICATED}
    opened = quiet.open(REFLECTION, gateway.as_role("CSW"))
    quiet.open(CHECK)
    assert health_of(gateway.channel) == health_pb2.HealthCheckResponse.SERVING
    call = echo.caller_of(gateway.channel, "Write")
    assert call(echo.EchoRequest(), timeout=2, metadata=gateway.as_role("CSW")).text == "written"
    ended = [code(one) for one in opened]
    assert ended.count(grpc.StatusCode.DEADLINE_EXCEEDED) == grpc_chain.REFLECTING
    assert ended.count(grpc.StatusCode.RESOURCE_EXHAUSTED) == MANY - grpc_chain.REFLECTING
    assert f"{echo.PACKAGE}.DeclaredService" in services(gateway.channel, gateway.as_role("CON"))
