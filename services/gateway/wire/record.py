"""Sections as finished fields of a Record, and a Record as their concatenation, put together without parsing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.descriptor_pool import Default
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from services.chassis.values import day, id_text, instant
from services.chassis.words import value_of
from services.gateway.domain.inconsistencies import Inconsistency, InconsistencyKind
from services.gateway.domain.record import BY_MESSAGE, Copy, Part, SectionStatus, is_degraded
from sote.gateway.v1 import gateway_service_pb2, record_pb2
from sote.type.v1 import section_pb2

_PROVIDERS_NUMBER = record_pb2.Record.PROVIDERS_FIELD_NUMBER
_PROVIDER_FIELDS = ("provider_id", "provider_ids", "organisation_id")


def client_of(section: section_pb2.Section) -> UUID:
    """The client a section is about."""
    return UUID(section.client_id)


def copy_of(section: section_pb2.Section) -> Copy:
    """The section as the gateway keeps it; its bytes must parse (DecodeError), so that no reader meets broken ones."""
    kind = BY_MESSAGE[section.section]
    content = GetMessageClass(Default().FindMessageTypeByName(kind.message)).FromString(section.body)
    as_of = section.as_of.ToDatetime(tzinfo=UTC)
    return Copy(section.version, as_of, field_bytes(kind.number, section.body), providers_named(content))


def providers_named(message: Message) -> frozenset[UUID]:
    """The providers that a message names anywhere, by the house's names of such fields."""
    return frozenset(provider_id for text in _provider_texts(message) for provider_id in _uuids(text))


def record_bytes(
    client_id: UUID,
    parts: Sequence[Part],
    *,
    summaries: Iterable[bytes],
    providers: tuple[SectionStatus, str],
    findings: Iterable[Inconsistency],
    now: datetime,
) -> bytes:
    """The serialised Record: the fields of the sections shown as they are stored, then what is said about them."""
    tail = record_pb2.Record(client_id=str(client_id))
    for part in parts:
        tail.sections.append(_state(part))
    status, reason = providers
    tail.sections.add(section="providers", status=_status(status), reason=reason)
    for found in findings:
        tail.inconsistencies.append(inconsistency(found))
    tail.as_of.FromDatetime(now)
    tail.degraded = is_degraded({**{part.kind.field: part.status for part in parts}, "providers": status})
    shown = [part.copy.part for part in parts if part.copy is not None]
    named = [field_bytes(_PROVIDERS_NUMBER, summary) for summary in summaries]
    return b"".join([*shown, *named, tail.SerializeToString()])


def inconsistency(found: Inconsistency) -> record_pb2.Inconsistency:
    """A finding on the wire."""
    return record_pb2.Inconsistency(
        kind=value_of(record_pb2.InconsistencyKind, found.kind.name),
        subject=found.subject,
        description=found.description,
        rule=found.rule,
        owner_organisation_id=found.owner,
        since_date=day(found.since),
    )


def client_inconsistency(row: Mapping[str, Any]) -> gateway_service_pb2.ClientInconsistency:
    """A stored finding on the wire."""
    owner, kind = row["owner_id"], InconsistencyKind[row["kind"]]
    found = Inconsistency(
        kind, row["subject"], row["description"], row["rule"], owner=id_text(owner), since=row["since"]
    )
    return gateway_service_pb2.ClientInconsistency(
        client_id=str(row["client_id"]), inconsistency=inconsistency(found), found_time=instant(row["found_at"])
    )


def field_bytes(number: int, body: bytes) -> bytes:
    """`body` as a message field with this number: tag, length, bytes."""
    return _varint(number << 3 | 2) + _varint(len(body)) + body


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _state(part: Part) -> record_pb2.SectionState:
    state = record_pb2.SectionState(section=part.kind.field, status=_status(part.status), reason=part.reason)
    if part.copy is not None:
        state.version = part.copy.version
        state.as_of.FromDatetime(part.copy.as_of)
    return state


def _status(status: SectionStatus) -> record_pb2.SectionStatus.ValueType:
    return value_of(record_pb2.SectionStatus, status.name)


def _provider_texts(message: Message) -> Iterator[str]:
    for field, value in message.ListFields():
        if field.type == FieldDescriptor.TYPE_MESSAGE:
            for inner in value if field.is_repeated else (value,):
                if isinstance(inner, Message):
                    yield from _provider_texts(inner)
        elif field.name.endswith(_PROVIDER_FIELDS):
            yield from value if field.is_repeated else (value,)


def _uuids(text: str) -> Iterator[UUID]:
    """The id in a field that may also say "county"."""
    try:
        yield UUID(text)
    except ValueError:
        return
