"""The door of an api: every servicer method says `@writes` or `@reads`; none forgets the transaction or the repeat.

PROCESS-3: a request that comes again gets the first answer.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Protocol, TypeVar
from uuid import UUID, uuid4

from google.protobuf.descriptor_pool import Default
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker

from services.chassis.call_state import CALL, CallState
from services.chassis.clock import Clock, helsinki_date
from services.chassis.gate import Gate
from services.chassis.identity import Caller
from services.chassis.policy import Policy
from services.chassis.redaction import (
    KNOWS_WHEREABOUTS,
    Reader,
    clients_named,
    is_redacted,
    redact,
    tells_places,
    withhold_protected,
)
from services.chassis.refusals import DeadlineSpent, IdempotencyKeyReused
from services.chassis.relationships import protected_clients
from services.chassis.sections import SectionRow, published_sections, read_sections
from sote.type.v1 import section_pb2

MIN_VERSION_KEY = "sote-min-version"
LONGEST_TOKEN = 4096  # a peer takes 8 KiB of metadata in all

Request = TypeVar("Request", bound=Message)
Reply = TypeVar("Reply", bound=Message)


@dataclass(frozen=True)
class Call:
    """What an operation needs beside its arguments: who calls, when it is, and where new ids come from."""

    caller: Caller
    now: datetime
    new_id: Callable[[], UUID]


class Door:
    """Runs an api method in one transaction of the caller's deadline; a repeated `request_id` gets the first answer."""

    def __init__(
        self,
        *,
        sessions: sessionmaker[Session],
        clock: Clock,
        policy: Policy,
        gate: Gate | None = None,
        protected: Callable[[Session, Collection[UUID]], Collection[UUID]] = protected_clients,
        new_id: Callable[[], UUID] = uuid4,
    ) -> None:
        """Without a `gate` every permitted caller comes in: a service that holds nothing of clients.

        `protected` tells which clients' whereabouts an order keeps.
        """
        self._sessions = sessions
        self._clock = clock
        self._gate = gate
        self._protected = protected
        self._new_id = new_id
        self.policy = policy

    def write(self, request: Message, context: object, act: Callable[[Session, Call], Reply]) -> Reply:
        """Do `act` once for this request_id and commit; refusals roll back. Tells `sote-min-version` to the caller."""
        state = CALL.get()
        call = self._call(state)
        with self._sessions.begin() as session:
            _limit(session, state)
            answers = _Answers(session, state, request)
            if repeated := answers.earlier():
                return repeated  # type: ignore[return-value]  # the digest covers method and payload: same reply type
            self._admit(session, call, state, request)
            reply = self._redacted(session, call, request, act(session, call))
            session.flush()
            token = min_version_token(published_sections(session))
            answers.keep(reply, token)
        _tell(state, token)
        return reply

    def read(self, request: Message, context: object, act: Callable[[Session, Call], Reply]) -> Reply:
        """Answer `act` from one snapshot in which nothing can be changed."""
        state = CALL.get()
        with self._sessions.begin() as session:
            _limit(session, state, "set transaction isolation level repeatable read, read only; ")
            call = self._call(state)
            self._admit(session, call, state, request)
            return self._redacted(session, call, request, act(session, call))

    def sections(
        self, request: section_pb2.GetSectionsRequest, context: object, is_own: Callable[[Session, Call, UUID], bool]
    ) -> section_pb2.GetSectionsResponse:
        """Answer `GetSections`, the same in each service: the published sections that the caller may read.

        `is_own` tells whether the caller may have a client's at all: a client does not get a stranger's (INV-14), and
        neither does a provider without a relationship.
        """

        def act(session: Session, call: Call) -> section_pb2.GetSectionsResponse:
            client_ids = [
                client_id
                for client_id in map(UUID, request.client_ids)
                if is_own(session, call, client_id) and self.shows(session, call, client_id)
            ]
            rows = [
                row for row in read_sections(session, client_ids) if self.policy.may_read_section(call.caller, row.name)
            ]
            protected = self._protected(session, {row.client_id for row in rows})
            role, organisation = call.caller.role, call.caller.organisation
            sections = [_section(row, Reader(role, organisation, row.client_id in protected)) for row in rows]
            return section_pb2.GetSectionsResponse(sections=sections)

        return self.read(request, context, act)

    def shows(self, session: Session, call: Call, client_id: UUID) -> bool:
        """Whether the gate lets the caller see something of a client, among several in one request."""
        return self._gate is None or self._gate.shows(session, call.caller, client_id, helsinki_date(call.now))

    def _admit(self, session: Session, call: Call, state: CallState, request: Message) -> None:
        if self._gate is not None:
            self._gate.admit(session, call.caller, state.method, request, helsinki_date(call.now))

    def _redacted(self, session: Session, call: Call, request: Message, reply: Reply) -> Reply:
        """The reply without the whereabouts of clients under an order, for whoever may not know them (INV-15)."""
        if self._gate is None or call.caller.role in KNOWS_WHEREABOUTS or not tells_places(reply.DESCRIPTOR.full_name):
            return reply
        clients = clients_named(reply) or self._gate.clients_of(session, request)
        if protected := self._protected(session, clients):
            withhold_protected(reply, protected)
        return reply

    def _call(self, state: CallState) -> Call:
        return Call(state.identified(), self._clock(), self._new_id)


class Served(Protocol):
    """A servicer whose methods go through a door."""

    _door: Door


Servicer = TypeVar("Servicer", bound=Served)


def writes(
    method: Callable[[Servicer, Request, Call, Session], Reply],
) -> Callable[[Servicer, Request, object], Reply]:
    """The servicer method changes something: `def ChooseProvider(self, request, call: Call, session: Session)`.

    It runs once for its `request_id`, in one transaction with the answer; a refusal leaves nothing (`Door.write`).
    """

    @wraps(method)
    def through(self: Servicer, request: Request, context: object) -> Reply:
        return self._door.write(request, context, lambda session, call: method(self, request, call, session))

    return through


def reads(
    method: Callable[[Servicer, Request, Call, Session], Reply],
) -> Callable[[Servicer, Request, object], Reply]:
    """The servicer method asks: it runs in one snapshot, in which nothing can be changed (`Door.read`)."""

    @wraps(method)
    def through(self: Servicer, request: Request, context: object) -> Reply:
        return self._door.read(request, context, lambda session, call: method(self, request, call, session))

    return through


class _Answers:
    """The answers given to request ids, in the transaction of the act itself (AIP-155)."""

    def __init__(self, session: Session, state: CallState, request: Message) -> None:
        self._session = session
        self._state = state
        self._request_id: str = getattr(request, "request_id", "")
        self._digest = hashlib.sha256(request.SerializeToString(deterministic=True)).digest()

    def earlier(self) -> Message | None:
        """The first answer when this is a repeat; else the key is taken, and whoever repeats waits for our commit."""
        if not self._request_id:
            return None
        row = {**self._key(), "method": self._state.method, "digest": self._digest}
        if self._session.execute(_TAKE, row).first():
            return None
        first = self._session.execute(_FIND, self._key()).one()
        if (first.method, bytes(first.request_digest)) != (self._state.method, self._digest):
            raise IdempotencyKeyReused("this request_id came before with another method or payload")
        _tell(self._state, first.min_version)
        return _message(first.response_type, bytes(first.response))

    def keep(self, reply: Message, token: str) -> None:
        """Store the answer beside what it answers for."""
        if self._request_id:
            body = {"type": reply.DESCRIPTOR.full_name, "body": reply.SerializeToString(), "token": token}
            self._session.execute(_KEEP, {**self._key(), **body})

    def _key(self) -> dict[str, str | UUID]:
        return {"caller": self._state.identified().subject, "request_id": UUID(self._request_id)}


_TAKE = text(
    "insert into answer (caller, request_id, method, request_digest, response_type, response, min_version)"
    " values (:caller, :request_id, :method, :digest, '', '', '') on conflict do nothing returning caller"
)
_FIND = text(
    "select method, request_digest, response_type, response, min_version from answer"
    " where caller = :caller and request_id = :request_id"
)
_KEEP = text(
    "update answer set response_type = :type, response = :body, min_version = :token"
    " where caller = :caller and request_id = :request_id"
)


def _limit(session: Session, state: CallState, first: str = "") -> None:
    """Let no statement outlive the caller's deadline; one round trip together with the statement `first`."""
    milliseconds = int(state.remaining() * 1000)
    if milliseconds <= 0:
        raise DeadlineSpent("the call's time was over before it began")
    session.connection().exec_driver_sql(f"{first}set local statement_timeout = {milliseconds}")


def min_version_token(published: Mapping[tuple[UUID, str], int]) -> str:
    """`<client>/<section>=<version>;...`: what a reader must have seen to see this write (min_version of GetRecord).

    Empty for an act on more clients than metadata has room for; who must see that one reads the record FRESH.
    """
    token = ";".join(f"{client}/{name}={version}" for (client, name), version in sorted(published.items()))
    return token if len(token) <= LONGEST_TOKEN else ""


def _tell(state: CallState, token: str) -> None:
    if token:
        state.trailing.append((MIN_VERSION_KEY, token))


def _section(row: SectionRow, reader: Reader) -> section_pb2.Section:
    section = section_pb2.Section(
        client_id=str(row.client_id), section=row.name, version=row.version, body=_shown(row, reader)
    )
    section.as_of.FromDatetime(row.as_of)
    return section


def _shown(row: SectionRow, reader: Reader) -> bytes:
    if not is_redacted(row.name, reader):
        return bytes(row.body)
    section = _message(row.name, bytes(row.body))
    redact(section, reader)
    return section.SerializeToString(deterministic=True)


def _message(full_name: str, body: bytes) -> Message:
    return GetMessageClass(Default().FindMessageTypeByName(full_name)).FromString(body)
