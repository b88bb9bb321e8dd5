"""What caused the current work: set at the door (call or message), carried by every fact the work announces."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Cause:
    """Why something is being done, for the headers of facts and for log lines; empty where unknown."""

    correlation_id: str = ""
    causation_id: str = ""
    traceparent: str = ""
    actor_role: str = ""
    actor_organisation: str = ""
    county: str = ""


_NONE = Cause()
_current: ContextVar[Cause] = ContextVar("cause", default=_NONE)


def current_cause() -> Cause:
    """The cause of the work under way in this thread or greenlet."""
    return _current.get()


@contextmanager
def because(cause: Cause) -> Iterator[None]:
    """Everything announced or logged inside carries this cause."""
    token = _current.set(cause)
    try:
        yield
    finally:
        _current.reset(token)
