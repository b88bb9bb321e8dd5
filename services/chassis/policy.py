"""Who may call what and read what: the one policy object of a process, built from the options in the protos.

ROLE-1; a method of undeclared access keeps the process from starting (GUARANTEE-23).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from google.protobuf.descriptor import Descriptor, FieldDescriptor, MethodDescriptor, ServiceDescriptor
from google.protobuf.descriptor_pool import Default
from google.protobuf.message import Message

from services.chassis.identity import Caller
from sote.type.v1 import access_pb2


class Denied(Exception):
    """The caller may not do this: PERMISSION_DENIED, in the same words whether the thing exists or not."""

    rule = "S1.42"

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class NoRelationship(Denied):
    """The caller's organisation has no relationship with such a client; the client may as well not exist."""

    reason = "NO_RELATIONSHIP"
    rule = "INV-14"

    def __init__(self) -> None:
        super().__init__(self.reason, "there is no such matter of the caller's")


class UndeclaredMethod(Exception):
    """A method without the access option: its service does not start."""


@dataclass(frozen=True)
class _Rule:
    roles: frozenset[str]
    reason: str


class Policy:
    """Decides for one process of one county; a later rule (relationship, purpose, denial) has its place here."""

    def __init__(self, services: Iterable[str], *, county: str) -> None:
        """`services` are full names such as `sote.voucher.v1.VoucherService`, their modules imported already."""
        self._county = county
        self._rules: dict[str, _Rule] = {}
        for name in services:
            for method in _service(name).methods:
                self._rules[method.full_name] = _rule_of(method)

    def covers(self, method: str) -> bool:
        """Whether `method` (full name, dots only) has a declared rule."""
        return method in self._rules

    def permit(self, caller: Caller, method: str, request: Message) -> None:
        """Let `caller` call `method` with `request`, or refuse with `Denied` (other county, role not allowed)."""
        if caller.county != self._county:
            raise Denied("COUNTY_MISMATCH", "the caller belongs to another county")
        rule = self._rules[method]
        if caller.role not in rule.roles:
            raise Denied(rule.reason, f"the role {caller.role[:8]} may not call {method}")

    def may_read_section(self, caller: Caller, section: str) -> bool:
        """Whether `caller` may read a section message (full name) of the integrated record, by its readers option."""
        return caller.county == self._county and caller.role in readers_of(section)


@cache
def readers_of(section: str) -> frozenset[str]:
    """The roles that may read a section message; an undeclared one is read by nobody."""
    descriptor: Descriptor = Default().FindMessageTypeByName(section)
    return roles_of(descriptor.GetOptions().Extensions[access_pb2.readers].roles)


def withhold_whereabouts(message: Message) -> None:
    """Take out of the message, however deep, every field that tells where somebody is (INV-15)."""
    for field, value in message.ListFields():
        if tells_place(field):
            message.ClearField(field.name)
        elif field.type == field.TYPE_MESSAGE:
            for inner in value if field.is_repeated else (value,):
                withhold_whereabouts(inner)


@cache
def hides_from(section: str, role: str) -> bool:
    """Whether some field of a section message (full name), however deep, is not shown to the role."""
    return _hides(Default().FindMessageTypeByName(section), role, set())


def withhold_from(message: Message, role: str) -> None:
    """Take out of a section, however deep, every field that is not shown to the role (ACCESS-3)."""
    for field, value in message.ListFields():
        if not _is_shown(field, role):
            message.ClearField(field.name)
        elif field.type == field.TYPE_MESSAGE:
            for inner in value if field.is_repeated else (value,):
                withhold_from(inner, role)


def _hides(message: Descriptor, role: str, seen: set[str]) -> bool:
    if message.full_name in seen:
        return False
    seen.add(message.full_name)
    return any(
        not _is_shown(field, role) or (field.message_type is not None and _hides(field.message_type, role, seen))
        for field in message.fields
    )


@cache
def _is_shown(field: FieldDescriptor, role: str) -> bool:
    declared = roles_of(field.GetOptions().Extensions[access_pb2.shown_to].roles)
    return not declared or role in declared


@cache
def tells_place(field: FieldDescriptor) -> bool:
    """Whether a field tells where somebody is."""
    return field.GetOptions().Extensions[access_pb2.whereabouts]


def _service(name: str) -> ServiceDescriptor:
    return Default().FindServiceByName(name)


def _rule_of(method: MethodDescriptor) -> _Rule:
    options = method.GetOptions()
    if not options.HasExtension(access_pb2.access) or not options.Extensions[access_pb2.access].roles:
        raise UndeclaredMethod(f"{method.full_name} declares no roles in (sote.type.v1.access)")
    access = options.Extensions[access_pb2.access]
    return _Rule(roles_of(access.roles), access.denied_reason or "ROLE_NOT_ALLOWED")


def roles_of(values: Iterable[access_pb2.Role.ValueType]) -> frozenset[str]:
    """The roles of an option by their codes in tokens."""
    return frozenset(access_pb2.Role.Name(value).removeprefix("ROLE_") for value in values)
