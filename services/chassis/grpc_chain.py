"""The interceptor of a synchronous server: the guard around every call, and no thread for callers that are silent."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import grpc
from google.protobuf.message import DecodeError, Message
from grpc_health.v1 import health
from grpc_reflection.v1alpha import reflection

from services.chassis.call_guard import CallGuard
from services.chassis.grpc_waiting import Gone, Waiting
from services.chassis.identity import Unauthenticated
from services.chassis.refusals import MalformedRequest

SILENT_SECONDS = 10.0
"""How long a call waits for its request."""

REFLECTION_SECONDS = 10.0
"""How long one call of reflection may last."""

REFLECTING = 4
"""How many calls of reflection may run at once."""

PROBING = 16
"""How many calls of health may wait for their request at once."""


if TYPE_CHECKING:
    Method = grpc.RpcMethodHandler[Any, Any]
    """A method of any service, as the library handles it; generic for type checkers alone."""
else:
    Method = grpc.RpcMethodHandler

Part = TypeVar("Part")
Behaviour = TypeVar("Behaviour", bound=Callable[..., object])


def part(value: Part | None) -> Part:
    """A part of a handler that every method of its kind has; the library declares each part optional."""
    if value is None:
        raise TypeError("the handler lacks a part of its kind of method")
    return value


class Chain(grpc.ServerInterceptor):
    """Puts the guard around every method but health, which is open to everybody.

    Every method is served as if its requests were a stream: the library would let a thread wait for the request of a
    unary one before anybody knows who calls. Health and reflection have threads of their own.
    """

    def __init__(self, guard: CallGuard) -> None:
        self._guard = guard
        self._wrapped: dict[str, Method] = {}
        self._calls = Waiting(seconds=SILENT_SECONDS)
        self._probes = Waiting(seconds=SILENT_SECONDS, most=PROBING)
        self._readers = Waiting(seconds=REFLECTION_SECONDS, most=REFLECTING)
        self._probe_pool = ThreadPoolExecutor(2 * PROBING, thread_name_prefix="health")
        self._reader_pool = ThreadPoolExecutor(2 * REFLECTING, thread_name_prefix="reflection")

    def close(self) -> None:
        """Let the threads end, after the last call."""
        for pool in (self._probe_pool, self._reader_pool):
            pool.shutdown(wait=True, cancel_futures=True)

    def end_the_silent(self) -> None:
        """End the calls whose callers were silent for too long."""
        for waiting in (self._calls, self._probes, self._readers):
            waiting.end_the_late()

    def intercept_service(
        self, continuation: Callable[[grpc.HandlerCallDetails], Method | None], details: grpc.HandlerCallDetails
    ) -> Method | None:
        """The handler of a method, wrapped; None for a method nobody has (UNIMPLEMENTED)."""
        handler = continuation(details)
        path = details.method
        if handler is None:
            return None
        if path not in self._wrapped:
            wrap = {health.SERVICE_NAME: self._open, reflection.SERVICE_NAME: self._schemas}
            self._wrapped[path] = wrap.get(path.split("/")[1], self._guarded)(path, handler)
        return self._wrapped[path]

    def _guarded(self, path: str, handler: Method) -> Method:
        """The same method over raw bytes: what cannot be parsed is refused by us, not by the library as UNKNOWN."""
        parse: Callable[[bytes], Message] = part(handler.request_deserializer)
        behave: Callable[[Message, grpc.ServicerContext], Message] = part(handler.unary_unary)

        def run(requests: Iterator[bytes], context: grpc.ServicerContext) -> bytes:
            with self._guard.around(path, context.invocation_metadata(), context.time_remaining()) as call:
                try:
                    with call.admitted(parse, partial(self._calls.request, requests, context)) as request:
                        body = behave(request, context).SerializeToString()
                except Gone:
                    call.cancelled()
                    return b""
                except Exception as error:
                    context.abort_with_status(call.refused(error))
                context.set_trailing_metadata(tuple(call.state.trailing))
                return body

        return grpc.stream_unary_rpc_method_handler(run)

    def _open(self, _: str, handler: Method) -> Method:
        """Health, for everybody."""
        parse: Callable[[bytes], Message] = part(handler.request_deserializer)

        def request(requests: Iterator[bytes], context: grpc.ServicerContext) -> Message:
            try:
                return parse(self._probes.request(requests, context))
            except (DecodeError, MalformedRequest, Gone):
                context.abort(grpc.StatusCode.INVALID_ARGUMENT, "no request of health")

        def check(requests: Iterator[bytes], context: grpc.ServicerContext) -> object:
            return part(handler.unary_unary)(request(requests, context), context)

        def watch(requests: Iterator[bytes], context: grpc.ServicerContext, send: Callable[[Message], None]) -> None:
            # A stream that does not block sends by a function, which the library's types do not know.
            behave: Callable[..., object] = part(handler.unary_stream)
            behave(request(requests, context), context, send)

        if handler.response_streaming:
            streaming = _apart(watch, self._probe_pool, experimental_non_blocking=True)
            return grpc.stream_stream_rpc_method_handler(streaming, None, handler.response_serializer)
        return grpc.stream_unary_rpc_method_handler(_apart(check, self._probe_pool), None, handler.response_serializer)

    def _schemas(self, path: str, handler: Method) -> Method:
        """Reflection, for everybody with a token."""

        def run(requests: Iterator[Message], context: grpc.ServicerContext) -> Iterator[Message]:
            given = context.invocation_metadata(), context.time_remaining()
            with self._guard.around(path, *given, kind="bidi_stream") as call:
                try:
                    call.identified()
                except Unauthenticated as error:
                    context.abort_with_status(call.refused(error))
                with self._readers.during(context):
                    try:
                        yield from part(handler.stream_stream)(requests, context)
                    except grpc.RpcError:
                        call.cancelled()
                        raise

        return grpc.stream_stream_rpc_method_handler(
            _apart(run, self._reader_pool), handler.request_deserializer, handler.response_serializer
        )


def _apart(behaviour: Behaviour, pool: ThreadPoolExecutor, **marks: bool) -> Behaviour:
    """The behaviour in threads of its own; the library looks for these attributes."""
    vars(behaviour).update(marks, experimental_thread_pool=pool)
    return behaviour
