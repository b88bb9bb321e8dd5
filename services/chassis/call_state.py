"""What the server knows about the call in progress; set by the server, read by the door, the log and the peers."""

import time
from contextvars import ContextVar
from dataclasses import dataclass, field

from services.chassis.identity import Caller

Metadata = list[tuple[str, str | bytes]]


@dataclass
class CallState:
    """One call: its method, who makes it, until when, and what goes back beside the reply."""

    method: str
    correlation_id: str
    deadline: float
    caller: Caller | None = None
    authorization: str = ""
    trailing: Metadata = field(default_factory=list)

    def remaining(self) -> float:
        """Seconds left of the caller's deadline; never negative."""
        return max(0.0, self.deadline - time.monotonic())

    def identified(self) -> Caller:
        """The verified caller; a call that has none never reaches a servicer."""
        if self.caller is None:
            raise RuntimeError("a call without identity reached a servicer")
        return self.caller


CALL: ContextVar[CallState] = ContextVar("call")
