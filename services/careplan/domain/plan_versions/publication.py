"""The publication of a plan's version in the national archive, where the client's providers find it (S2.14)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID, uuid5

from services.kernel.machine import listed, move


class PublicationState(StrEnum):
    """The states of a publication."""

    PENDING = "PENDING"
    PUBLISHED = "PUBLISHED"
    REPLACED = "REPLACED"
    FAILED = "FAILED"


class Failure(StrEnum):
    """Why the archive did not take a document."""

    TIMEOUT = "TIMEOUT"
    UNREACHABLE = "UNREACHABLE"
    UNAVAILABLE = "UNAVAILABLE"
    REJECTED = "REJECTED"


_S = PublicationState
WAITING = (_S.PENDING, _S.FAILED)
COMMANDS = ("publish", "fail", "replace", "mark_closed")
TRANSITIONS: dict[tuple[PublicationState, str], PublicationState] = {
    **listed("publish", (WAITING, _S.PUBLISHED)),
    **listed("fail", (WAITING, _S.FAILED)),
    **listed("replace", ((_S.PUBLISHED,), _S.REPLACED)),
    # The document says now that the plan is closed: it is put once more.
    **listed("mark_closed", ((*WAITING, _S.PUBLISHED), _S.PENDING)),
}

LEASE = timedelta(minutes=1)
"""How long a document may be on its way before another process tries; longer than any call."""
FIRST_DELAY, LONGEST_DELAY = timedelta(seconds=5), timedelta(hours=1)


class NotPublished(Exception):
    """The archive did not take the document, or did not say so."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.value)
        self.failure = failure


@dataclass(frozen=True)
class Document:
    """A version as the archive keeps it; `closed` says that the plan is. Putting it again changes nothing."""

    oid: str
    closed: bool
    body: str


class Archive(Protocol):
    """The national archive (Kanta), or what takes its place."""

    def put(self, document: Document) -> None:
        """Keep the document under its OID, in place of what was there; refuses with `NotPublished`."""
        ...


@dataclass
class Publication:
    """The publication of one version; a failure hides nothing, it is tried again with growing delay."""

    id: UUID
    plan_id: UUID
    client_id: UUID
    major: int
    minor: int
    document_oid: str
    wanted_at: datetime
    try_at: datetime
    state: PublicationState = PublicationState.PENDING
    attempts: int = 0
    failure: Failure | None = None
    published_at: datetime | None = None
    closed: bool = False
    fact_version: int = 0

    @property
    def number(self) -> tuple[int, int]:
        """The number of the version, to be compared."""
        return self.major, self.minor

    @property
    def current(self) -> bool:
        """Whether it is what the plan's providers find."""
        return self.state is PublicationState.PUBLISHED

    @property
    def waiting(self) -> bool:
        """Whether it is still to be published."""
        return self.state in WAITING

    def claim(self, now: datetime) -> None:
        """This process tries now; no other does before the lease has ended."""
        self.attempts += 1
        self.try_at = now + LEASE

    def publish(self, now: datetime) -> None:
        """The archive took the document."""
        self.state = move(TRANSITIONS, self.state, "publish", noun="publication")
        self.published_at, self.failure = now, None

    def fail(self, failure: Failure, now: datetime) -> bool:
        """The archive did not take it; it is tried again. Returns whether that is news."""
        news = self.state is not PublicationState.FAILED
        self.state = move(TRANSITIONS, self.state, "fail", noun="publication")
        self.failure, self.try_at = failure, now + delay_after(self.attempts)
        return news

    def replace(self) -> None:
        """A newer version is published."""
        self.state = move(TRANSITIONS, self.state, "replace", noun="publication")

    def mark_closed(self, now: datetime) -> None:
        """The plan is closed, and its last version says so; once."""
        if self.closed:
            return
        self.state = move(TRANSITIONS, self.state, "mark_closed", noun="publication")
        self.closed, self.attempts, self.wanted_at, self.try_at = True, 0, now, now


def publication_id(plan_id: UUID, number: str) -> UUID:
    """The id of the publication of a version: always the same one."""
    return uuid5(plan_id, f"publication of {number}")


def document_oid(publication: UUID) -> str:
    """The OID of a document, derived from a UUID as ITU-T X.667 has it: unique without a register of numbers."""
    return f"2.25.{publication.int}"


def delay_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts in vain: twice as long each time, up to an hour."""
    doubled: int = 2 ** min(attempts - 1, 20)
    return min(FIRST_DELAY * doubled, LONGEST_DELAY)
