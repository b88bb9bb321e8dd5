"""A record as its reader may see it: each section redacted as at its own service's door (ACCESS-3, INV-15)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from services.chassis.identity import Caller
from services.chassis.redaction import KNOWS_WHEREABOUTS, Reader, is_redacted, redact
from services.gateway.domain.record import KINDS, Copy, Part
from services.gateway.wire.record import providers_named
from sote.gateway.v1 import record_pb2

_CLIENT = KINDS[0]


def redacted(caller: Caller, parts: Sequence[Part], stored: Copy | None) -> Sequence[Part]:
    """The parts as this caller gets them; nothing is parsed for who may read everything.

    What tells a place stands in other sections than the client's too, so all are looked at. Whether an order protects
    it is asked of the client's section, `stored` or as just told, also for who may not read that section.
    """
    sections = (stored, *(part.copy for part in parts if part.kind is _CLIENT))
    protected = caller.role not in KNOWS_WHEREABOUTS and any(map(_is_under_order, sections))
    reader = Reader(caller.role, caller.organisation, protected)
    return [part if part.copy is None else _redacted(part, part.copy, reader) for part in parts]


def _is_under_order(copy: Copy | None) -> bool:
    return copy is not None and record_pb2.Record.FromString(copy.part).client.HasField("non_disclosure")


def _redacted(part: Part, copy: Copy, reader: Reader) -> Part:
    """The section without what is not shown; providers that only this named are no longer of the record."""
    if not is_redacted(part.kind.message, reader):
        return part
    record = record_pb2.Record.FromString(copy.part)
    section: Any = getattr(record, part.kind.field)
    redact(section, reader)
    shown = record.SerializeToString(deterministic=True)
    return replace(part, copy=replace(copy, part=shown, providers=providers_named(record)))
