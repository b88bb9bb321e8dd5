"""How often a client was handed on before help came, for each need (S1.09, M-I6)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.kernel.care import NeedDomain


@dataclass(frozen=True)
class HandedOn:
    """A step that was accepted, or returned."""

    need: NeedDomain
    service_code: str
    sent_on: date
    returned: bool


@dataclass(frozen=True)
class HandOffs:
    """The hand-offs of a client for one need; `before_service` until the first service of that need was given."""

    need: NeedDomain
    all: int
    returned: int
    before_service: int


def hand_offs(steps: Iterable[HandedOn], given: Mapping[str, Sequence[date]]) -> list[HandOffs]:
    """One count for each need, in the order of the needs' names; `given` are the days of deliveries by service.

    The first service of a need is the first one given, of those its steps asked for, since the first step was sent.
    """
    by_need: dict[NeedDomain, list[HandedOn]] = {}
    for step in steps:
        by_need.setdefault(step.need, []).append(step)
    return [_counted(need, by_need[need], given) for need in sorted(by_need)]


def _counted(need: NeedDomain, steps: list[HandedOn], given: Mapping[str, Sequence[date]]) -> HandOffs:
    since = min(step.sent_on for step in steps)
    days = [day for code in {step.service_code for step in steps} for day in given.get(code, ()) if day >= since]
    first = min(days, default=date.max)
    before = sum(step.sent_on <= first for step in steps)
    return HandOffs(need, len(steps), sum(step.returned for step in steps), before)
