"""The gate before every method: a provider's staff reach only clients with whom it has a relationship (INV-14).

It stands until access is decided by data group and purpose; then `Gate.admit` is the one place where that decision is
asked (docs/adr/0040-the-doors-are-shut.md).
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from google.protobuf.message import Message
from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.chassis.policy import NoRelationship
from services.chassis.relationships import has_relationship

STAFF = frozenset({"HOP", "HSP", "PRV"})
"""Roles of those who work for a provider; the county's roles and clients are confined elsewhere."""

_NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Matter:
    """Something of a client's: whose it is, and which organisations have a part in it by this service's own rows.

    A part known here counts at once: it need not wait for the relationship to come round by the client service.
    """

    client_id: UUID
    organisations: frozenset[UUID] = frozenset()


class Related(Protocol):
    """Whether an organisation has a relationship with a client today."""

    def __call__(
        self, session: Session, *, client_id: UUID, organisation_id: UUID, unit_id: UUID | None, today: date
    ) -> bool: ...


Find = Callable[[Session, UUID], Matter | None]
"""The matter with an id; None when there is none."""


def of_client(session: Session, client_id: UUID) -> Matter:
    """A client as such, of whom this service knows no parts of its own."""
    return Matter(client_id)


def of_row(table: Table, key: str = "id") -> Find:
    """How a matter is found that is a row with a `client_id`, by its key."""
    query = select(table.c.client_id)

    def find(session: Session, uid: UUID) -> Matter | None:
        client_id = session.scalar(query.where(table.c[key] == uid))
        return None if client_id is None else Matter(client_id)

    return find


class Gate:
    """Finds the client that a request is about and refuses callers whose organisation has no relationship with it."""

    def __init__(
        self,
        matters: Mapping[str, Find] | None = None,
        *,
        related: Related = has_relationship,
        exempt: Collection[str] = (),
        known: Mapping[str, Find] | None = None,
    ) -> None:
        """`matters` go by a request field that holds an id ("plan_id") or by the collection of a name ("plans").

        `exempt` are full names of methods that check access themselves, or open the relationship. `known` finds the
        clients of further requests, whose whereabouts may need protection but whose methods check access themselves.
        """
        self._matters: Mapping[str, Find] = {"client_id": of_client, **(matters or {})}
        self._related = related
        self._known = {**(known or {}), **self._matters}
        self._exempt = frozenset(exempt)

    def admit(self, session: Session, caller: Caller, method: str, request: Message, today: date) -> None:
        """Refuse with `NoRelationship` a request about what the caller may not reach, or about what does not exist."""
        if caller.role not in STAFF or method in self._exempt:
            return
        for find, uid in _named(request, self._matters):
            # An unknown matter is looked up like a known one, so that both answers take the same time.
            if not self._open_to(session, caller, find(session, uid) or Matter(_NOBODY), today):
                raise NoRelationship

    def shows(self, session: Session, caller: Caller, client_id: UUID, today: date) -> bool:
        """Whether the caller may see something of this client, among several in one request."""
        if caller.role not in STAFF:
            return True
        matter = self._matters["client_id"](session, client_id)
        return self._open_to(session, caller, matter or Matter(_NOBODY), today)

    def clients_of(self, session: Session, request: Message) -> frozenset[UUID]:
        """The clients that a request is about, as far as it can be told."""
        matters = [find(session, uid) for find, uid in _named(request, self._known)]
        return frozenset(matter.client_id for matter in matters if matter is not None)

    def _open_to(self, session: Session, caller: Caller, matter: Matter, today: date) -> bool:
        organisation = uuid_or_none(caller.organisation)
        if organisation is None:
            return False
        related = self._related(
            session,
            client_id=matter.client_id,
            organisation_id=organisation,
            unit_id=uuid_or_none(caller.unit),
            today=today,
        )
        return related or organisation in matter.organisations


def _named(request: Message, matters: Mapping[str, Find]) -> Iterator[tuple[Find, UUID]]:
    """What the request is about; an id that cannot be read is left to the method, which refuses it."""
    for field, value in request.ListFields():
        if field.is_repeated or field.cpp_type != field.CPPTYPE_STRING:
            continue
        collection, _, tail = value.partition("/") if field.name == "name" else (field.name, "", value)
        find, uid = matters.get(collection), uuid_or_none(tail.split("/")[0])
        if find is not None and uid is not None:
            yield find, uid


def uuid_or_none(text: str) -> UUID | None:
    """An id that may be none: "county" is no provider, and a caller may act through no unit."""
    try:
        return UUID(text)
    except ValueError:
        return None
