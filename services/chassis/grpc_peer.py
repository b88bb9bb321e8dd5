"""Calls to other services, for the gateway alone: the caller's own token, one deadline, failures in two kinds."""

from typing import TypeVar

import grpc
from google.protobuf.message import Message
from grpc_status import rpc_status

from services.chassis.call_state import CALL
from services.chassis.context import current_cause
from services.chassis.refusals import Relayed, Unavailable

Request = TypeVar("Request", bound=Message)
Reply = TypeVar("Reply", bound=Message)

# The peer has judged the request: its answer is the answer. Anything else says only that the peer did not answer.
_JUDGED = frozenset({
    grpc.StatusCode.INVALID_ARGUMENT,
    grpc.StatusCode.NOT_FOUND,
    grpc.StatusCode.PERMISSION_DENIED,
    grpc.StatusCode.FAILED_PRECONDITION,
    grpc.StatusCode.UNAUTHENTICATED,
})  # fmt: skip
RESERVE_SECONDS = 0.05
"""Kept of the caller's deadline for putting the reply together."""


class PeerSilent(Unavailable):
    """A peer did not answer in time, or answered that it cannot: UNAVAILABLE; `code` is the gRPC status name."""

    def __init__(self, service: str, code: str) -> None:
        super().__init__(f"the {service} service does not answer")
        self.code = code


def channel_to(address: str) -> grpc.aio.Channel:
    """A channel to the service at `address`; it connects by itself and spreads over all addresses of a name."""
    return grpc.aio.insecure_channel(
        address,
        options=[
            ("grpc.lb_policy_name", "round_robin"),
            ("grpc.keepalive_time_ms", 30_000),
            ("grpc.keepalive_timeout_ms", 10_000),
            ("grpc.initial_reconnect_backoff_ms", 100),
            ("grpc.max_reconnect_backoff_ms", 2_000),
            ("grpc.max_receive_message_length", 16 * 1024 * 1024),
        ],
    )


async def ask(
    method: grpc.aio.UnaryUnaryMultiCallable[Request, Reply], request: Request, *, service: str, seconds: float
) -> Reply:
    """Call a stub's method for the current caller, at most `seconds` and not past the caller's own deadline.

    Raises `Relayed` with the peer's refusal, or `PeerSilent`.
    """
    state = CALL.get()
    metadata = (
        ("authorization", state.authorization),
        ("x-correlation-id", state.correlation_id),
        ("traceparent", current_cause().traceparent),
    )
    budget = min(seconds, state.remaining() - RESERVE_SECONDS)
    if budget <= 0:
        raise PeerSilent(service, grpc.StatusCode.DEADLINE_EXCEEDED.name)
    try:
        return await method(request, metadata=metadata, timeout=budget)
    except grpc.aio.AioRpcError as error:
        status = rpc_status.from_call(error)
        if error.code() in _JUDGED and status is not None:
            raise Relayed(status) from None
        raise PeerSilent(service, error.code().name) from None
