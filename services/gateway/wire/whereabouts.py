"""A record without its client's whereabouts, for readers who may not know them (INV-15, domain.md 5.5)."""

from collections.abc import Sequence
from dataclasses import replace

from services.chassis.policy import withhold_whereabouts
from services.gateway.domain.record import KINDS, Copy, Part, knows_whereabouts
from services.gateway.wire.record import providers_named
from sote.gateway.v1 import record_pb2

_CLIENT = KINDS[0]


def as_told_to(role: str, parts: Sequence[Part]) -> Sequence[Part]:
    """The parts as this role gets them; the client's own section tells whether an order is in force.

    For who may know everything nothing is parsed. What names a unit stands in other sections too, so all are looked at.
    """
    under_order = any(
        record_pb2.Record.FromString(part.copy.part).client.HasField("non_disclosure")
        for part in parts
        if part.kind is _CLIENT and part.copy is not None and not knows_whereabouts(role, under_order=True)
    )
    if knows_whereabouts(role, under_order=under_order):
        return parts
    return [part if part.copy is None else replace(part, copy=_without(part.copy)) for part in parts]


def _without(copy: Copy) -> Copy:
    """The section without whereabouts; providers that only those named are no longer of the record."""
    record = record_pb2.Record.FromString(copy.part)
    withhold_whereabouts(record)
    return replace(copy, part=record.SerializeToString(deterministic=True), providers=providers_named(record))
