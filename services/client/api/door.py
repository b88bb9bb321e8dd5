"""The door of this service: no answer passes it with whereabouts that its caller may not know (INV-15)."""

from collections.abc import Callable
from typing import TypeVar

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.chassis.door import Call, Door
from services.client.views.non_disclosure import as_told_to

Reply = TypeVar("Reply", bound=Message)


class ClientDoor(Door):
    """Whatever a method answers, the caller's role is asked here, so that no method can forget to."""

    def write(self, request: Message, context: object, act: Callable[[Session, Call], Reply]) -> Reply:
        """Do `act` and tell of it what the caller may know; that answer is also kept for a repeat."""
        return super().write(request, context, _guarded(act))

    def read(self, request: Message, context: object, act: Callable[[Session, Call], Reply]) -> Reply:
        """Answer `act` as far as the caller may know."""
        return super().read(request, context, _guarded(act))


def _guarded(act: Callable[[Session, Call], Reply]) -> Callable[[Session, Call], Reply]:
    return lambda session, call: as_told_to(session, call.caller.role, act(session, call))
