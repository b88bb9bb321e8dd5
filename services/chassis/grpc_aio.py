"""The asyncio gRPC server of the gateway: the same guard around every call, on uvloop."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

import grpc
import uvloop
from google.protobuf.message import Message
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from services.chassis.call_guard import CallGuard
from services.chassis.grpc_chain import REFLECTING, REFLECTION_SECONDS, Method, part
from services.chassis.grpc_server import (
    OPEN_SERVICES,
    READINESS,
    Servicers,
    leader_gone,
    registered,
    run_process,
    server_options,
    verifier_from,
)
from services.chassis.identity import Unauthenticated
from services.chassis.policy import Policy
from services.chassis.refusals import Refusals
from services.chassis.settings import ProcessSettings
from services.chassis.telemetry import logger

log = logger("server")
Context = grpc.aio.ServicerContext[object, object]


@dataclass(frozen=True)
class AioParts:
    """What an asyncio api consists of once its pools and channels are open."""

    servicers: Servicers
    ready: Callable[[], Awaitable[bool]]


@dataclass(frozen=True)
class AioApi:
    """Everything `__main__.build_api(settings, clock)` of an asyncio service hands over.

    `open` makes the parts inside the running loop and closes what they hold. A method answers with a message, or with
    the finished bytes of one.
    """

    service: str
    policy: Policy
    refusals: Mapping[type[Exception], grpc.StatusCode]
    open: Callable[[], AbstractAsyncContextManager[AioParts]]


class RunningAioServer:
    """One server in the running loop: `port` known after `start`, `stop` drains it."""

    def __init__(self, api: AioApi, settings: ProcessSettings, *, reuse_port: bool = False) -> None:
        self._api = api
        self._settings = settings
        refusals = Refusals(api.service, api.refusals, {})
        guard = CallGuard(verifier=verifier_from(settings), policy=api.policy, refusals=refusals)
        self._server = grpc.aio.server(interceptors=[_Chain(guard)], options=server_options(reuse_port))
        self._health = health.aio.HealthServicer()
        self.services: list[str] = []
        self.port = 0

    async def start(self, parts: AioParts) -> None:
        """Serve the parts; readiness is asked for once a second."""
        self.services = registered(parts.servicers, self._api.policy)
        for add, servicer in parts.servicers:
            add(servicer, self._server)
        health_pb2_grpc.add_HealthServicer_to_server(self._health, self._server)
        if self._settings.reflection:
            reflection.enable_server_reflection([*self.services, *OPEN_SERVICES], self._server)
        self.port = self._server.add_insecure_port(f"{self._settings.bind_host}:{self._settings.grpc_port}")
        await self._server.start()
        await self._health.set("", health_pb2.HealthCheckResponse.SERVING)
        self._watcher = asyncio.create_task(self._watch(parts.ready))

    async def stop(self, grace: float) -> None:
        """Say NOT_SERVING, take no new call, let those under way finish within `grace` seconds."""
        self._watcher.cancel()
        await self._health.enter_graceful_shutdown()
        await self._server.stop(grace)

    async def _watch(self, ready: Callable[[], Awaitable[bool]]) -> None:
        status = health_pb2.HealthCheckResponse
        while True:
            try:
                serving = await ready()
            except Exception as error:
                log.warning("not ready", error=type(error).__name__)
                serving = False
            for name in (*self.services, READINESS):
                await self._health.set(name, status.SERVING if serving else status.NOT_SERVING)
            await asyncio.sleep(1.0)


def serve_aio(api: AioApi, settings: ProcessSettings) -> None:
    """Serve until SIGTERM or SIGINT, with `settings.workers` processes on one port when there are several."""

    def work(*, reuse_port: bool) -> None:
        uvloop.run(_serve(api, settings, reuse_port=reuse_port))

    run_process(api.service, settings, work)


async def _serve(api: AioApi, settings: ProcessSettings, *, reuse_port: bool) -> None:
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    async with api.open() as parts:
        server = RunningAioServer(api, settings, reuse_port=reuse_port)
        await server.start(parts)
        log.info("listening", port=server.port, services=server.services)
        while not ended.is_set() and not leader_gone():
            try:
                await asyncio.wait_for(ended.wait(), 1.0)
            except TimeoutError:
                continue
        log.info("draining", seconds=settings.drain_seconds)
        await server.stop(settings.drain_seconds)


class _Chain(grpc.aio.ServerInterceptor):
    """Puts the guard around every method but health, which is open to everybody."""

    def __init__(self, guard: CallGuard) -> None:
        self._guard = guard
        self._wrapped: dict[str, Method] = {}
        self._reading = asyncio.Semaphore(REFLECTING)

    async def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], Awaitable[Method | None]],
        details: grpc.HandlerCallDetails,
    ) -> Method | None:
        """The handler of a method, wrapped; None for a method nobody has (UNIMPLEMENTED)."""
        path = details.method
        wrapped = self._wrapped.get(path)
        if wrapped is not None:
            return wrapped
        handler = await continuation(details)
        service = path.split("/")[1]
        if handler is None or service == health.SERVICE_NAME:
            return handler
        wrap = self._schemas if service == reflection.SERVICE_NAME else self._guarded
        self._wrapped[path] = wrap(path, handler)
        return self._wrapped[path]

    def _guarded(self, path: str, handler: Method) -> Method:
        """The same method over raw bytes, both ways."""
        parse: Callable[[bytes], Message] = part(handler.request_deserializer)
        behave: Callable[..., Awaitable[Message | bytes]] = part(handler.unary_unary)

        async def run(raw: bytes, context: Context) -> bytes:
            with self._guard.around(path, context.invocation_metadata() or (), context.time_remaining()) as call:
                try:
                    with call.admitted(parse, lambda: raw) as request:
                        reply = await behave(request, context)
                        body = reply if isinstance(reply, bytes) else reply.SerializeToString()
                except asyncio.CancelledError:
                    call.cancelled()
                    raise
                except Exception as error:
                    status = call.refused(error)
                    await context.abort(status.code, status.details, status.trailing_metadata)
                context.set_trailing_metadata(tuple(call.state.trailing))
                return body

        return grpc.unary_unary_rpc_method_handler(run)

    def _schemas(self, path: str, handler: Method) -> Method:
        """Reflection, for everybody with a token, a few at a time and not for long."""

        answer: Any = part(handler.stream_stream)  # declared as what a synchronous server calls

        async def run(requests: AsyncIterator[Message], context: Context) -> AsyncIterator[Message]:
            given = context.invocation_metadata() or (), context.time_remaining()
            with self._guard.around(path, *given, kind="bidi_stream") as call:
                try:
                    call.identified()
                except Unauthenticated as error:
                    status = call.refused(error)
                    await context.abort(status.code, status.details, status.trailing_metadata)
                if self._reading.locked():
                    await context.abort(grpc.StatusCode.RESOURCE_EXHAUSTED, "others are reading the schemas")
                try:
                    async with self._reading, asyncio.timeout(REFLECTION_SECONDS):
                        async for reply in answer(requests, context):
                            yield reply
                except TimeoutError:
                    await context.abort(grpc.StatusCode.DEADLINE_EXCEEDED, "schemas are read in one go")

        return grpc.stream_stream_rpc_method_handler(run, handler.request_deserializer, handler.response_serializer)
