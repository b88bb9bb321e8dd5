"""Plays steps of a story: one named call after the other, each repeatable, at the instants the story tells."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as time_of_day
from typing import Protocol, TypeVar
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import grpc
from google.protobuf.message import Message
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from services.chassis.identity import Caller, TokenMinter

HELSINKI = ZoneInfo("Europe/Helsinki")
STORIES = UUID("5f0e5a44-6c8a-4c3e-9a55-1f2d4a1c0e77")
"""Namespace of the request ids: a step always has the same one, so a story can be played again or taken up midway."""
TOKEN_SECONDS = 600
CALL_SECONDS = 20.0
PASSING = {
    grpc.StatusCode.UNAVAILABLE,
    grpc.StatusCode.ABORTED,
    grpc.StatusCode.DEADLINE_EXCEEDED,
    grpc.StatusCode.FAILED_PRECONDITION,
    grpc.StatusCode.NOT_FOUND,
    grpc.StatusCode.PERMISSION_DENIED,
}
"""What may pass by waiting: a process restarts, or a neighbour's fact is on its way (also: who an organisation is)."""

Asked = TypeVar("Asked", bound=Message, contravariant=True)
Answer = TypeVar("Answer", bound=Message, covariant=True)
Found = TypeVar("Found")


class Method(Protocol[Asked, Answer]):
    """A unary method of a stub."""

    def __call__(
        self, request: Asked, /, timeout: float | None = None, metadata: tuple[tuple[str, str], ...] | None = None
    ) -> Answer: ...


class StoryFailed(Exception):
    """A step was refused for good, or what the story tells did not come true."""


@dataclass(frozen=True)
class Pace:
    """How a player behaves towards time and watchers."""

    set_clock: Callable[[datetime], None]
    """Makes it this instant for the whole county."""
    patience: float = 60.0
    """Seconds a step may wait for facts that are still on their way."""
    watch: Callable[[str], None] = lambda step: None
    """Told each step before it is taken."""


def reason_of(refusal: grpc.RpcError) -> str:
    """The ErrorInfo reason of a refusal; empty when it carries none."""
    status = rpc_status.from_call(refusal)
    for detail in status.details if status else []:
        info = error_details_pb2.ErrorInfo()
        if detail.Unpack(info):
            return str(info.reason)
    return ""


class Player:
    """Takes the steps of one story; the request id of a step follows from the story's and the step's name."""

    def __init__(self, story: str, addresses: Mapping[str, str], minter: TokenMinter, county: str, pace: Pace) -> None:
        self.story = story
        self.county = county
        self._minter = minter
        self._pace = pace
        self._channels = {service: grpc.insecure_channel(address) for service, address in addresses.items()}
        self._tokens: dict[Caller, tuple[str, float]] = {}
        self.steps = 0

    def channel(self, service: str) -> grpc.Channel:
        """The channel to a service's api."""
        return self._channels[service]

    def close(self) -> None:
        """Close the channels."""
        for channel in self._channels.values():
            channel.close()

    def actor(self, subject: str, role: str, organisation: str, unit: str = "") -> Caller:
        """Somebody who acts in the story."""
        return Caller(subject=subject, role=role, organisation=organisation, unit=unit, county=self.county)

    def on(self, day: date, hour: int = 10, minute: int = 0) -> None:
        """It is this day and hour in Helsinki."""
        self._pace.set_clock(datetime.combine(day, time_of_day(hour, minute), HELSINKI))

    def do(self, step: str, actor: Caller, method: Method[Asked, Answer], request: Asked) -> Answer:
        """Take a step; repeats are answered as the first time. Refusals that do not pass end the story."""
        self._begin(step, request)
        return self._patiently(step, lambda: self.ask(actor, method, request))

    def refused(self, step: str, actor: Caller, method: Method[Asked, Answer], request: Asked) -> str:
        """Try what must not be done; gives the reason of the refusal. The story ends if it is done."""
        self._begin(step, request)
        try:
            self.ask(actor, method, request)
        except grpc.RpcError as refusal:
            return reason_of(refusal)
        raise StoryFailed(f"{self.story}, {step}: it was not refused")

    def ask(self, actor: Caller, method: Method[Asked, Answer], request: Asked) -> Answer:
        """Ask once, as this actor."""
        metadata = (("authorization", f"Bearer {self._token(actor)}"),)
        return method(request, timeout=CALL_SECONDS, metadata=metadata)

    def until(self, what: str, look: Callable[[], Found | None]) -> Found:
        """Wait until `look` finds what the facts on their way will bring."""
        result = self._patiently(what, look, empty_passes=True)
        assert result is not None
        return result

    def _begin(self, step: str, request: Message) -> None:
        self.steps += 1
        self._pace.watch(step)
        if "request_id" in request.DESCRIPTOR.fields_by_name:
            request.request_id = str(uuid5(STORIES, f"{self.story}/{step}"))  # type: ignore[attr-defined]

    def _patiently(self, step: str, act: Callable[[], Found], *, empty_passes: bool = False) -> Found:
        until, pause = time.monotonic() + self._pace.patience, 0.02
        while True:
            try:
                result = act()
            except grpc.RpcError as refusal:
                if refusal.code() not in PASSING or time.monotonic() > until:
                    raise StoryFailed(f"{self.story}, {step}: {refusal.code().name}: {refusal.details()}") from refusal
            else:
                if result is not None or not empty_passes:
                    return result
                if time.monotonic() > until:
                    raise StoryFailed(f"{self.story}, {step}: waited {self._pace.patience:.0f} s in vain")
            time.sleep(pause)
            pause = min(pause * 1.5, 0.5)

    def _token(self, actor: Caller) -> str:
        token, fresh_until = self._tokens.get(actor, ("", 0.0))
        if time.monotonic() > fresh_until:
            token = self._minter.mint(actor, seconds=TOKEN_SECONDS)
            self._tokens[actor] = token, time.monotonic() + TOKEN_SECONDS / 2
        return token
