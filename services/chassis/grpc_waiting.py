"""Calls whose request has not come yet: each holds a thread of the server, and none may hold it for long."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import grpc

from services.chassis.refusals import MalformedRequest


class Gone(Exception):
    """The caller left, or was silent for too long, before its request came."""


class Waiting:
    """The calls that wait for their callers: each for at most `seconds`, and at most `most` of them at once.

    Beyond that, the call that has waited longest is cancelled: an honest caller sends its request at once.
    """

    def __init__(self, *, seconds: float, most: int = sys.maxsize) -> None:
        self._seconds = seconds
        self._most = most
        self._since: dict[grpc.ServicerContext, float] = {}
        self._lock = threading.Lock()

    @contextmanager
    def during(self, context: grpc.ServicerContext) -> Iterator[None]:
        """Inside, the call of this context is one that waits."""
        with self._lock:
            longest = next(iter(self._since)) if len(self._since) >= self._most else None
            if longest is not None:
                del self._since[longest]
            self._since[context] = time.monotonic()
        if longest is not None:
            longest.cancel()
        try:
            yield
        finally:
            with self._lock:
                self._since.pop(context, None)

    def request(self, requests: Iterator[bytes], context: grpc.ServicerContext) -> bytes:
        """The one request of a unary call; refuses with MalformedRequest one without, raises Gone."""
        with self.during(context):
            try:
                return next(requests)
            except StopIteration:
                raise MalformedRequest("the call carries no request") from None
            except grpc.RpcError:
                raise Gone from None

    def end_the_late(self) -> None:
        """Cancel the calls that have waited for too long; called by the clock."""
        latest = time.monotonic() - self._seconds
        with self._lock:
            late = [context for context, since in self._since.items() if since < latest]
        for context in late:
            context.cancel()
