"""What happens around every call, whichever server runs it: identity, deadline, validation, refusals, metrics, log."""

import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from uuid import uuid4

import grpc
import protovalidate
from google.protobuf.message import DecodeError, Message
from google.rpc import status_pb2
from prometheus_client import Counter, Histogram

from services.chassis.call_state import CALL, CallState, Metadata
from services.chassis.context import Cause, because
from services.chassis.identity import Caller, TokenVerifier, Unauthenticated
from services.chassis.policy import Policy
from services.chassis.refusals import InvalidRequest, MalformedRequest, Refusals, reason_of
from services.chassis.telemetry import (
    RPC_HANDLED,
    RPC_RECEIVED,
    RPC_SECONDS,
    RPC_SENT,
    RPC_STARTED,
    child_of,
    described,
    logger,
)
from services.chassis.well_formed import ill_formed

LONGEST_SECONDS = 30.0
"""No call lasts longer; one without a deadline gets this one."""

_CORRELATION = re.compile(r"[A-Za-z0-9._-]{1,64}")
_DETAILS_KEY = "grpc-status-details-bin"
_CODES = {code.value[0]: code for code in grpc.StatusCode}

log = logger("rpc")


class RefusedStatus(grpc.Status):
    """A refusal in the shape the servers send: code, message and trailing metadata with the details."""

    def __init__(self, status: status_pb2.Status, trailing: Metadata) -> None:
        self.code = _CODES[status.code]
        self.details = status.message
        self.trailing_metadata = (*trailing, (_DETAILS_KEY, status.SerializeToString()))


class CallGuard:
    """The steps around a call of one service's api; pure but for its log lines and counters."""

    def __init__(self, *, verifier: TokenVerifier, policy: Policy, refusals: Refusals) -> None:
        self._verifier = verifier
        self.policy = policy
        self._refusals = refusals
        self._validator = protovalidate.Validator()

    @contextmanager
    def around(
        self, path: str, metadata: Iterable[tuple[str, str | bytes]], seconds: float | None, *, kind: str = "unary"
    ) -> Iterator["OneCall"]:
        """One call of `path` ("/package.Service/Method"), `seconds` of its caller's deadline left if it set one."""
        headers = {key: value for key, value in metadata if isinstance(value, str)}
        given = headers.get("x-correlation-id", "")
        state = CallState(
            method=path[1:].replace("/", "."),
            correlation_id=given if _CORRELATION.fullmatch(given) else str(uuid4()),
            deadline=time.monotonic() + min(seconds if seconds is not None else LONGEST_SECONDS, LONGEST_SECONDS),
            authorization=headers.get("authorization", ""),
        )
        state.trailing.append(("x-correlation-id", state.correlation_id))
        call = OneCall(self, state, (kind, *path[1:].split("/")), child_of(headers.get("traceparent", "")))
        token = CALL.set(state)
        try:
            yield call
        finally:
            CALL.reset(token)
            call.finish()

    def identify(self, state: CallState) -> None:
        """Verify the bearer token of the call (UNAUTHENTICATED)."""
        scheme, _, token = state.authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated("TOKEN_MISSING", "the call carries no bearer token")
        state.caller = self._verifier.verify(token)

    def admit(self, state: CallState, parse: Callable[[bytes], Message], raw: bytes) -> Message:
        """The valid request of a permitted caller; refuses bytes, callers and values that are not."""
        try:
            request = parse(raw)
        except DecodeError:
            raise MalformedRequest("the request is no message of the method's type") from None
        self.policy.permit(state.identified(), state.method, request)
        broken = [
            (_path(violation.proto), violation.proto.message, violation.proto.rule_id)
            for violation in self._validator.collect_violations(request)
        ]
        fields = {field for field, _, _ in broken}
        broken += [violation for violation in ill_formed(request) if violation[0] not in fields]
        if broken:
            raise InvalidRequest(broken)
        return request

    def refusal(self, error: Exception, state: CallState) -> status_pb2.Status:
        """The status that answers `error`; what nobody foresaw is logged without its text, told by reference."""
        known = self._refusals.known(error)
        if known is not None:
            return self._refusals.status(known, correlation_id=state.correlation_id)
        log.error("unforeseen", method=state.method, **described(error))
        return self._refusals.unforeseen(correlation_id=state.correlation_id)

    def reason(self, error: Exception) -> str:
        """The reason of a refusal for the log, INTERNAL when nobody foresaw it."""
        known = self._refusals.known(error)
        return reason_of(known) if known is not None else "INTERNAL"


class OneCall:
    """A call under way: admits its request, turns its failure into a status, and tells how it ended."""

    def __init__(self, guard: CallGuard, state: CallState, labels: tuple[str, ...], traceparent: str) -> None:
        self._guard = guard
        self.state = state
        self._traceparent = traceparent
        self._labels = labels
        self._began = time.perf_counter()
        self._code = grpc.StatusCode.OK
        self._reason = ""
        _metrics(*self._labels).started.inc()

    def identified(self) -> Caller:
        """Who calls (UNAUTHENTICATED)."""
        self._guard.identify(self.state)
        return self.state.identified()

    @contextmanager
    def admitted(self, parse: Callable[[bytes], Message], receive: Callable[[], bytes]) -> Iterator[Message]:
        """The request, while everything done inside is known to be caused by this caller.

        `receive` waits for the request's bytes; for a stranger nobody waits.
        """
        caller = self.identified()
        raw = receive()
        _metrics(*self._labels).received.inc()
        cause = Cause(
            correlation_id=self.state.correlation_id,
            traceparent=self._traceparent,
            actor_role=caller.role,
            actor_organisation=caller.organisation,
            county=caller.county,
        )
        with because(cause):
            yield self._guard.admit(self.state, parse, raw)

    def refused(self, error: Exception) -> RefusedStatus:
        """What the caller is told instead of a reply."""
        status = RefusedStatus(self._guard.refusal(error, self.state), self.state.trailing)
        self._code = status.code
        self._reason = self._guard.reason(error)
        return status

    def cancelled(self) -> None:
        """The caller left, or its deadline passed, before there was an answer."""
        over = self.state.remaining() <= 0
        self._code = grpc.StatusCode.DEADLINE_EXCEEDED if over else grpc.StatusCode.CANCELLED

    def finish(self) -> None:
        """Count the call and write its one log line: never the payload, never who the client is."""
        seconds = time.perf_counter() - self._began
        code = _go_code(self._code)
        if self._code is grpc.StatusCode.OK:
            _metrics(*self._labels).sent.inc()
        RPC_HANDLED.labels(*self._labels, code).inc()
        _metrics(*self._labels).seconds.observe(seconds)
        role = self.state.caller.role if self.state.caller else ""
        line = {"method": self.state.method, "code": code, "ms": round(seconds * 1000, 1), "role": role}
        if self._reason:
            line["reason"] = self._reason
        log.info("rpc", **line, correlation_id=self.state.correlation_id)


@dataclass(frozen=True)
class _MethodMetrics:
    """The counters of one method, looked up once."""

    started: Counter
    received: Counter
    sent: Counter
    seconds: Histogram


@cache
def _metrics(*labels: str) -> _MethodMetrics:
    return _MethodMetrics(
        RPC_STARTED.labels(*labels), RPC_RECEIVED.labels(*labels), RPC_SENT.labels(*labels), RPC_SECONDS.labels(*labels)
    )


def _path(violation: protovalidate.ViolationPb) -> str:
    """The field path of a protovalidate violation as BadRequest wants it: `items[2].units`."""
    steps = []
    for element in violation.field.elements if violation.field else ():
        subscript = f"[{element.subscript.value}]" if element.subscript else ""
        steps.append(f"{element.field_name}{subscript}")
    return ".".join(steps)


def _go_code(code: grpc.StatusCode) -> str:
    """`FailedPrecondition`: the spelling that dashboards made for go-grpc-middleware filter by."""
    return "OK" if code is grpc.StatusCode.OK else "".join(word.capitalize() for word in code.name.split("_"))
