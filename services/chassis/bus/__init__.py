"""How a service says what it listens to and what it does by the clock; `run_bus` runs that as a process of its own.

Only this folder knows nameko, kombu and eventlet, and only `run_bus` imports them: any process may import a bus class.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar, overload

from google.protobuf.message import Message
from sqlalchemy.orm import Session, sessionmaker

from services.chassis.clock import Clock
from services.chassis.green import green_or_again
from services.chassis.sections import EXCHANGE as SECTIONS
from services.chassis.settings import ProcessSettings
from sote.type.v1.section_pb2 import Section

Bus = TypeVar("Bus")
Fact = TypeVar("Fact", bound=Message)
A = TypeVar("A", bound=Message)
B = TypeVar("B", bound=Message)
C = TypeVar("C", bound=Message)
D = TypeVar("D", bound=Message)
Handler = Callable[[Bus, Session, Fact, datetime], None]
Mark = Callable[[Handler[Bus, Fact]], Handler[Bus, Fact]]
Timer = Callable[[Bus, Session, datetime], None]
Caller = Callable[[Bus, sessionmaker[Session], Clock], None]

_HANDLES = "__sote_handles__"
_EVERY = "__sote_every__"
_CALLS = "__sote_calls__"


@dataclass(frozen=True)
class Listening:
    """A method hears a fact: `topic` is the fact's full name, or "sections" for all sections of all services."""

    method: str
    topic: str
    message: type[Message]


@dataclass(frozen=True)
class Recurring:
    """A method runs every so many seconds; `calls`: outside a transaction, with the sessions and the clock."""

    method: str
    seconds: float
    calls: bool = False


class OutboxRelay:
    """In a bus class: its process also sends what the service's outbox holds. Several processes may do so at once."""


@overload
def handles(first: type[A], second: type[B], /) -> Mark[Bus, A | B]: ...
@overload
def handles(first: type[A], second: type[B], third: type[C], /) -> Mark[Bus, A | B | C]: ...
@overload
def handles(first: type[A], second: type[B], third: type[C], fourth: type[D], /) -> Mark[Bus, A | B | C | D]: ...
@overload
def handles(*facts: type[Fact]) -> Mark[Bus, Fact]: ...
def handles(*facts: type[Fact]) -> Mark[Bus, Fact]:
    """The method applies these facts, which say the same to it: `def on_contract(self, session, event, now)`.

    `event` is the union of the facts; where there are more than four, they are a tuple beside it
    (`CONTRACT_FACTS: tuple[type[ContractFact], ...]`, `@handles(*CONTRACT_FACTS)`), for a type checker's sake.

    It runs in a transaction that also notes the message, so its effects happen once (GUARANTEE-5). NotYet: tried
    again for as long as it says, not an error. Any other exception: rolled back and tried again with growing delay,
    after five attempts the message is parked in the dead-letter queue with the error (GUARANTEE-7). A service has one
    handler for a fact.
    """

    def mark(method: Handler[Bus, Fact]) -> Handler[Bus, Fact]:
        setattr(method, _HANDLES, tuple((fact.DESCRIPTOR.full_name, fact) for fact in facts))
        return method

    return mark


def handles_section() -> Callable[[Handler[Bus, Section]], Handler[Bus, Section]]:
    """The method receives every section of every service, opened: `def on_section(self, session, section, now)`."""

    def mark(method: Handler[Bus, Section]) -> Handler[Bus, Section]:
        setattr(method, _HANDLES, ((SECTIONS, Section),))
        return method

    return mark


def every(seconds: float) -> Callable[[Timer[Bus]], Timer[Bus]]:
    """The method runs about every `seconds`, in one transaction, in one process of the service at a time."""

    def mark(method: Timer[Bus]) -> Timer[Bus]:
        setattr(method, _EVERY, seconds)
        return method

    return mark


def calls_out(seconds: float) -> Callable[[Caller[Bus]], Caller[Bus]]:
    """The method runs about every `seconds` and calls others: `def publish(self, sessions, clock)`.

    It holds no transaction while it calls: it claims its work in one of its own and settles it in another. Every
    process of the service runs it, so a claim is a lease that others respect and that ends by itself (SKIP LOCKED).
    """

    def mark(method: Caller[Bus]) -> Caller[Bus]:
        setattr(method, _EVERY, seconds)
        setattr(method, _CALLS, True)
        return method

    return mark


def listenings(bus_class: type) -> list[Listening]:
    """What the class listens to, in the order of topics; two handlers for one fact are refused with ValueError."""
    by_topic: dict[str, Listening] = {}
    for name, method in inspect.getmembers(bus_class, inspect.isfunction):
        for topic, message in getattr(method, _HANDLES, ()):
            if topic in by_topic:
                raise ValueError(f"{bus_class.__name__}: {by_topic[topic].method} and {name} both handle {topic}")
            by_topic[topic] = Listening(name, topic, message)
    return [by_topic[topic] for topic in sorted(by_topic)]


def recurrings(bus_class: type) -> list[Recurring]:
    """What the class does by the clock."""
    methods = inspect.getmembers(bus_class, inspect.isfunction)
    return [
        Recurring(name, getattr(method, _EVERY), hasattr(method, _CALLS))
        for name, method in methods
        if hasattr(method, _EVERY)
    ]


def has_relay(bus_class: type) -> bool:
    """Whether a process of the class sends the service's outbox."""
    return any(isinstance(value, OutboxRelay) for _, value in inspect.getmembers(bus_class))


def run_bus(bus_class: type, *, service: str, settings: ProcessSettings, **attributes: object) -> None:
    """Run the bus process of a service until SIGTERM, which lets what is under way finish.

    `attributes` become attributes of the bus class (its rules, for instance). Import the api's modules only in the
    api's branch of `__main__`: a process with grpc in it is refused.
    """
    green_or_again()
    from services.chassis.bus.worker import run_worker

    run_worker(type(bus_class.__name__, (bus_class,), attributes), service, settings)
