"""What happens to one delivered message: decode, begin, note it in the inbox, apply, commit; and what if that fails."""

import random
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from cryptography.exceptions import InvalidTag
from google.protobuf.message import DecodeError, Message
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from services.chassis.bus import Listening, headers, metrics, topology
from services.chassis.bus.publisher import CONTENT_TYPE
from services.chassis.clock import Clock
from services.chassis.context import Cause, because
from services.chassis.crash import crash_point
from services.chassis.inbox import NotYet, first_time
from services.chassis.sections import EXCHANGE as SECTIONS
from services.chassis.sections import SectionKeys, open_section
from services.chassis.telemetry import child_of, logger
from sote.type.v1.section_pb2 import SealedSection, Section

RETRY = (300, 1_000, 4_000, 15_000)
"""Milliseconds before the second to the fifth, last attempt of a message whose handler raises."""

DEFER = (300, 300, 1_000, 1_000, 4_000, 4_000, 15_000, 15_000)
"""Milliseconds before a message that came too early is tried again; then every 60 seconds."""

IN_PLACE = 4
"""Further attempts at once when only another transaction was in the way."""

_MILLISECOND = timedelta(milliseconds=1)
_CONFLICTS = {"40001", "40P01", "55P03"}
_DATABASE_GONE = ("08", "53", "57P")

log = logger(__name__)


class Undecodable(Exception):
    """The bytes are not the message they claim to be; trying again cannot help."""


@dataclass(frozen=True)
class Incoming:
    """A message as the broker delivered it."""

    headers: Mapping[str, object]
    body: bytes
    content_type: str


@dataclass(frozen=True)
class Done:
    """The effects are committed, now or earlier: acknowledge."""


@dataclass(frozen=True)
class Abandoned:
    """The process is ending: leave the message to the broker."""


@dataclass(frozen=True)
class Wait:
    """Try again after this many milliseconds, with these headers."""

    milliseconds: int
    headers: dict[str, str | int]


@dataclass(frozen=True)
class Dead:
    """Park it with these headers; `error` is one word for metrics."""

    error: str
    headers: dict[str, str | int]


Verdict = Done | Abandoned | Wait | Dead
Act = Callable[[Session, Message, datetime], None]


class Delivery:
    """Applies messages for one service; `timeouts` are exceptions outside Exception that end a handler."""

    def __init__(
        self,
        *,
        service: str,
        sessions: sessionmaker[Session],
        clock: Clock,
        keys: SectionKeys,
        stopping: Callable[[], bool],
        timeouts: tuple[type[BaseException], ...] = (),
    ) -> None:
        self._service = service
        self._sessions = sessions
        self._clock = clock
        self._keys = keys
        self._stopping = stopping
        self._failures: tuple[type[BaseException], ...] = (Exception, *timeouts)

    def handle(self, listening: Listening, incoming: Incoming, act: Act) -> Verdict:
        """Apply the message once; never raises, never logs or forwards what it says."""
        try:
            return self._handled(listening, incoming, act)
        except self._failures as error:
            # Whatever nobody foresaw is parked; if it was applied, a replay is a repeat.
            return self._dead(listening, incoming, describe(error), type(error).__name__)

    def _handled(self, listening: Listening, incoming: Incoming, act: Act) -> Verdict:
        started = time.monotonic()
        try:
            message_id = UUID(headers.word(incoming.headers, "id"))
            fact = self._decode(listening, incoming)
        except (KeyError, ValueError, TypeError, AttributeError, Undecodable, InvalidTag) as error:
            return self._dead(listening, incoming, f"Undecodable ({type(error).__name__})", "undecodable")
        with because(_cause(incoming.headers, message_id)):
            verdict, outcome = self._apply(listening, incoming, message_id, fact, act)
        metrics.EVENTS.labels(listening.topic, outcome).inc()
        if isinstance(verdict, Done):
            metrics.EVENT_SECONDS.labels(listening.topic).observe(time.monotonic() - started)
            metrics.EVENT_LAG_SECONDS.labels(listening.topic).observe(_age(incoming.headers))
        return verdict

    def _decode(self, listening: Listening, incoming: Incoming) -> Message:
        if incoming.content_type != CONTENT_TYPE:
            raise Undecodable("content type")
        try:
            if listening.topic != SECTIONS:
                return listening.message.FromString(incoming.body)
            sealed = SealedSection.FromString(incoming.body)
        except DecodeError as error:
            raise Undecodable("protobuf") from error
        return Section(
            client_id=sealed.client_id,
            section=sealed.section,
            version=sealed.version,
            as_of=sealed.as_of,
            body=open_section(sealed, self._keys),
        )

    def _apply(
        self, listening: Listening, incoming: Incoming, message_id: UUID, fact: Message, act: Act
    ) -> tuple[Verdict, str]:
        consumer = topology.queue_name(self._service, listening.topic)
        conflicts = 0
        while not self._stopping():
            try:
                with self._sessions.begin() as session:
                    new = first_time(session, consumer=consumer, message_id=message_id)
                    if new:
                        act(session, fact, self._clock())
                crash_point("before-ack")
                return Done(), "applied" if new else "repeated"
            except NotYet as early:
                return self._not_yet(listening, incoming, early.patience)
            except self._failures as error:
                if _database_gone(error):
                    self._wait_for_database(error)
                elif _conflict(error) and conflicts < IN_PLACE:
                    conflicts += 1
                    time.sleep(random.uniform(0.005, 0.02) * 2**conflicts)
                else:
                    return self._failed(listening, incoming, error)
        return Abandoned(), "abandoned"

    def _not_yet(self, listening: Listening, incoming: Incoming, patience: timedelta) -> tuple[Verdict, str]:
        now = int(time.time() * 1000)
        count = headers.number(incoming.headers, headers.DEFERRALS)
        since = headers.number(incoming.headers, headers.DEFERRED_SINCE, default=now, largest=now)
        if now - since > patience / _MILLISECOND:
            return self._dead(listening, incoming, "NotYet", "not-yet"), "dead"
        wait = DEFER[count] if count < len(DEFER) else topology.TIERS[-1]
        return Wait(wait, {headers.DEFERRALS: count + 1, headers.DEFERRED_SINCE: since}), "deferred"

    def _failed(self, listening: Listening, incoming: Incoming, error: BaseException) -> tuple[Verdict, str]:
        attempts = headers.number(incoming.headers, headers.ATTEMPTS) + 1
        description = describe(error)
        log.warning("event_failed", event_type=listening.topic, id=_id(incoming), attempts=attempts, error=description)
        if attempts > len(RETRY):
            return self._dead(listening, incoming, description, type(error).__name__, attempts), "dead"
        return Wait(RETRY[attempts - 1], {headers.ATTEMPTS: attempts, headers.ERROR: description}), "retried"

    def _dead(self, listening: Listening, incoming: Incoming, description: str, error: str, attempts: int = 1) -> Dead:
        """Park the message, saying why in words that are ours."""
        metrics.DEAD_LETTERS.labels(listening.topic, error).inc()
        queue = topology.queue_name(self._service, listening.topic)
        log.error("event_parked", event_type=listening.topic, id=_id(incoming), error=description)
        when = datetime.now(UTC).isoformat(timespec="seconds")
        return Dead(
            error, {headers.ERROR: description, "x-queue": queue, headers.ATTEMPTS: attempts, "x-parked-at": when}
        )

    def _wait_for_database(self, error: BaseException) -> None:
        """Stand still until the database answers; the message counts as not tried."""
        metrics.DATABASE_PAUSES.inc()
        log.warning("database_gone", error=describe(error))
        pause = 0.1
        while not self._stopping():
            time.sleep(pause)
            if self.database_answers():
                return
            pause = min(pause * 2, 2.0)

    def database_answers(self) -> bool:
        """Whether the database can be asked something."""
        try:
            with self._sessions() as session:
                session.execute(text("select 1"))
        except (OperationalError, DBAPIError, PoolTimeout):
            return False
        return True


def describe(error: BaseException) -> str:
    """The error without what it says, which may be a person's data: type, reason or constraint, and place."""
    details = [type(error).__name__]
    if isinstance(error, DBAPIError) and error.orig is not None:
        diag = getattr(error.orig, "diag", None)
        details += [str(part) for part in (getattr(diag, "sqlstate", ""), getattr(diag, "constraint_name", "")) if part]
    if reason := getattr(error, "reason", ""):
        details.append(str(reason))
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "/services/" in f.filename]
    if frames:
        place = frames[-1]
        details.append(f"{place.filename.split('/services/')[-1]}:{place.lineno}")
    return " ".join(details)


def _database_gone(error: BaseException) -> bool:
    """The database is out of reach, starting or stopping, or out of connections: nobody's message is to blame."""
    if isinstance(error, PoolTimeout):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        return error.connection_invalidated or isinstance(error, OperationalError)
    return bool(state.startswith(_DATABASE_GONE))


def _conflict(error: BaseException) -> bool:
    if isinstance(error, StaleDataError):
        return True
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in _CONFLICTS


def _id(incoming: Incoming) -> str:
    return headers.word(incoming.headers, "id")[:36]


def _cause(given: Mapping[str, object], message_id: UUID) -> Cause:
    return Cause(
        correlation_id=headers.word(given, "correlationid"),
        causation_id=str(message_id),
        traceparent=child_of(headers.word(given, "traceparent")),
        actor_role=headers.word(given, "actorrole"),
        actor_organisation=headers.word(given, "actororg"),
        county=headers.word(given, "county"),
    )


def _age(given: Mapping[str, object]) -> float:
    """Seconds since the message was announced, by the wall clocks of two processes; never negative."""
    try:
        announced = datetime.fromisoformat(headers.word(given, "time"))
    except ValueError:
        return 0.0
    if announced.tzinfo is None:
        return 0.0
    return max(0.0, (datetime.now(UTC) - announced).total_seconds())
