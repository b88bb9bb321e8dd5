"""Sections of the record as a reader may see them: one meaning for a service's own door and for the gateway.

What a role is shown stands beside the field in the protos (`shown_to`, `own_only`, `whereabouts`); a plan's sensitive
services are masked as in the plan itself.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.descriptor_pool import Default
from google.protobuf.message import Message

from services.chassis.gate import STAFF
from services.chassis.policy import hides_from, roles_of, tells_place, withhold_from, withhold_whereabouts
from sote.type.v1 import access_pb2

KNOWS_WHEREABOUTS = frozenset({"CSW", "CSP", "FIN", "CLI", "SYS"})
"""The roles that see whereabouts in spite of an order of non-disclosure (INV-15): the county's own, and the client."""

_NAMES_OWNER = ("provider_id", "organisation_id", "from_organisation_id", "to_organisation_id")
_MASK_KEEPS = frozenset({"plan_service_id", "from_date", "to_date", "sensitive"})


@dataclass(frozen=True)
class Reader:
    """Who reads a client's sections; `protected`: an order keeps the client's whereabouts."""

    role: str
    organisation: str
    protected: bool = False


def is_redacted(section: str, reader: Reader) -> bool:
    """Whether such a section (full name) may hold something that the reader may not see."""
    hidden = reader.protected and reader.role not in KNOWS_WHEREABOUTS
    return hidden or reader.role in STAFF or hides_from(section, reader.role) or _confines(section, reader.role)


def redact(section: Message, reader: Reader) -> None:
    """Take out of a section whatever its reader may not see."""
    withhold_from(section, reader.role)
    if reader.role in STAFF:
        _mask_sensitive(section, reader.organisation)
    _withhold_others(section, reader, own=False)
    if reader.protected and reader.role not in KNOWS_WHEREABOUTS:
        withhold_whereabouts(section)


def clients_named(answer: Message) -> frozenset[UUID]:
    """The clients that an answer names as those it is about."""
    return frozenset(_named(answer))


def withhold_protected(answer: Message, protected: Collection[UUID]) -> None:
    """Clear the whereabouts of these clients in an answer.

    A message that names no client is about the client of the message around it; an answer that names none at all is
    about one of the protected clients.
    """
    _withhold_protected(answer, protected, around=not clients_named(answer))


def _named(message: Message) -> Iterator[UUID]:
    if (own := _client(message)) is not None:
        yield own
    for field, value in message.ListFields():
        if field.type == field.TYPE_MESSAGE:
            for inner in value if field.is_repeated else (value,):
                yield from _named(inner)


def _withhold_protected(message: Message, protected: Collection[UUID], *, around: bool) -> None:
    named = _client(message)
    hidden = around if named is None else named in protected
    for field, value in message.ListFields():
        if hidden and tells_place(field):
            message.ClearField(field.name)
        elif field.type == field.TYPE_MESSAGE:
            for inner in value if field.is_repeated else (value,):
                _withhold_protected(inner, protected, around=hidden)


def _client(message: Message) -> UUID | None:
    """The client a message is about: its `client_id`, or itself when it is the client."""
    fields, client_id = message.DESCRIPTOR.fields_by_name, ""
    if message.DESCRIPTOR.name == "Client" and "uid" in fields:
        client_id = message.uid  # type: ignore[attr-defined]
    elif "client_id" in fields:
        client_id = message.client_id  # type: ignore[attr-defined]
    try:
        return UUID(client_id)
    except ValueError:
        return None


def _withhold_others(message: Message, reader: Reader, *, own: bool) -> None:
    """Clear what the role sees only of its own organisation; `own`: the message around belongs to it."""
    own = _is_own(message, reader.organisation, own)
    for field, value in message.ListFields():
        confined = reader.role in _own_only(field)
        if field.type != field.TYPE_MESSAGE:
            if confined and not own:
                message.ClearField(field.name)
            continue
        if confined and field.is_repeated:
            rows = [row for row in value if _is_own(row, reader.organisation, own)]
            if len(rows) < len(value):
                message.ClearField(field.name)
                getattr(message, field.name).extend(rows)
        elif confined and not own:
            message.ClearField(field.name)
            continue
        for inner in getattr(message, field.name) if field.is_repeated else (value,):
            _withhold_others(inner, reader, own=own)


def _is_own(message: Message, organisation: str, around: bool) -> bool:
    named = [getattr(message, name) for name in _NAMES_OWNER if name in message.DESCRIPTOR.fields_by_name]
    return organisation in named if named else around


def _mask_sensitive(section: Any, reader: str) -> None:
    """Reduce a plan's sensitive services to bare rows, unless the reader operates the plan or has a part in them.

    A provider has a part in a service that it delivers, and in one with the task or a goal of one that it delivers
    (DESIGN-6).
    """
    if not _is_plan(section.DESCRIPTOR) or section.operator.organisation_id == reader:
        return
    own = [line for line in section.services if line.provider_id == reader]
    goals, tasks = {goal for line in own for goal in line.goal_ids}, {line.task for line in own if line.task}
    hidden = [
        line
        for line in section.services
        if line.sensitive and line not in own and goals.isdisjoint(line.goal_ids) and line.task not in tasks
    ]
    _mask_goals(section, hidden)
    ids = {line.plan_service_id for line in hidden}
    shown = {line.provider_id for line in section.services if line.plan_service_id not in ids}
    _unname(section, {line.provider_id for line in hidden} - shown)
    for name in ("deviations", "reroutes"):
        _keep(section, name, [row for row in getattr(section, name) if row.plan_service_id not in ids])
    for line in hidden:
        for field, _ in line.ListFields():
            if field.name not in _MASK_KEEPS:
                line.ClearField(field.name)


def _mask_goals(section: Any, hidden: Iterable[Any]) -> None:
    """Clear the text of the goals that only hidden services serve, and drop their measurements."""
    ids = {line.plan_service_id for line in hidden}
    serving: dict[str, list[bool]] = {}
    for line in section.services:
        for goal_id in line.goal_ids:
            serving.setdefault(goal_id, []).append(line.plan_service_id in ids)
    masked = {goal_id for goal_id, hidden_by in serving.items() if all(hidden_by)}
    for goal in section.goals:
        if goal.goal_id in masked:
            goal.ClearField("text")
            goal.ClearField("needs")
    _keep(section, "measurements", [row for row in section.measurements if row.goal_id not in masked])


def _unname(section: Any, providers: set[str]) -> None:
    """Clear the names of providers that deliver only hidden services from acknowledgements and consultations."""
    for name in ("acknowledgements", "consultations"):
        for row in getattr(section, name):
            if row.provider_id in providers:
                row.ClearField("provider_id")
                row.ClearField("provider_name")


def _keep(message: Message, field: str, rows: list[Message]) -> None:
    """Keep these rows of a repeated field."""
    if len(rows) < len(getattr(message, field)):
        message.ClearField(field)
        getattr(message, field).extend(rows)


@cache
def _is_plan(section: Descriptor) -> bool:
    """Whether a section shows a plan: its services are rows that may be sensitive."""
    services: Any = section.fields_by_name.get("services")
    return services is not None and "sensitive" in services.message_type.fields_by_name


@cache
def tells_places(message: str) -> bool:
    """Whether some field of a message (full name), however deep, tells where somebody is."""
    return _tells_below(Default().FindMessageTypeByName(message), set())


def _tells_below(message: Descriptor, seen: set[str]) -> bool:
    if message.full_name in seen:
        return False
    seen.add(message.full_name)
    return any(
        tells_place(field) or (field.message_type is not None and _tells_below(field.message_type, seen))
        for field in message.fields
    )


@cache
def _confines(section: str, role: str) -> bool:
    """Whether some field of a section, however deep, is given to the role of its own organisation's rows alone."""
    return _confines_below(Default().FindMessageTypeByName(section), role, set())


def _confines_below(message: Descriptor, role: str, seen: set[str]) -> bool:
    if message.full_name in seen:
        return False
    seen.add(message.full_name)
    return any(
        role in _own_only(field) or (field.message_type is not None and _confines_below(field.message_type, role, seen))
        for field in message.fields
    )


@cache
def _own_only(field: FieldDescriptor) -> frozenset[str]:
    return roles_of(field.GetOptions().Extensions[access_pb2.own_only].roles)
