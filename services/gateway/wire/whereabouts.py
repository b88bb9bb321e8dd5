"""A record as a role may read it: without fields not shown to it (ACCESS-3), nor whereabouts under an order
(INV-15)."""

from collections.abc import Sequence
from dataclasses import replace

from services.chassis.policy import hides_from, withhold_from, withhold_whereabouts
from services.gateway.domain.record import KINDS, Copy, Part, knows_whereabouts
from services.gateway.wire.record import providers_named
from sote.gateway.v1 import record_pb2

_CLIENT = KINDS[0]


def as_told_to(role: str, parts: Sequence[Part]) -> Sequence[Part]:
    """The parts as this role gets them; nothing is parsed for who may read everything.

    What tells a place stands in other sections than the client's too, so all are looked at.
    """
    hidden = not knows_whereabouts(role) and any(_is_under_order(part) for part in parts)
    return [part if part.copy is None else _told(part, part.copy, role, hidden) for part in parts]


def _is_under_order(part: Part) -> bool:
    if part.kind is not _CLIENT or part.copy is None:
        return False
    return record_pb2.Record.FromString(part.copy.part).client.HasField("non_disclosure")


def _told(part: Part, copy: Copy, role: str, hidden: bool) -> Part:
    """The section without what is not shown; providers that only this named are no longer of the record."""
    if not hidden and not hides_from(part.kind.message, role):
        return part
    record = record_pb2.Record.FromString(copy.part)
    withhold_from(record, role)
    if hidden:
        withhold_whereabouts(record)
    told = record.SerializeToString(deterministic=True)
    return replace(part, copy=replace(copy, part=told, providers=providers_named(record)))
