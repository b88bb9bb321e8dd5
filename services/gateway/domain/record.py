"""The parts of an integrated record: which sections there are, and how it stands with each (RECORD-3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from services.kernel.refusal import Refusal


class SectionStatus(Enum):
    """Whether a section is there."""

    COMPLETE = 1
    STALE = 2
    UNAVAILABLE = 3
    WITHHELD = 4
    NOT_APPLICABLE = 5


COUNTY_ROLES = frozenset({"CSW", "CSP", "FIN", "CON"})
"""Roles that are shown sanctions (ACCESS-3)."""


class ClientUnknown(Refusal):
    """No service knows this client."""

    reason = "CLIENT_UNKNOWN"
    rule = "REFUSAL-4"
    resource_type = "client"


class RecordUnreadable(Refusal):
    """The gateway's own copies cannot be read now."""

    reason = "UPSTREAM_UNAVAILABLE"
    rule = "RECORD-3"


class NotOwnRecord(Refusal):
    """A client asks for the record of another client."""

    reason = "NO_RELATIONSHIP"
    rule = "INV-14"


@dataclass(frozen=True)
class SectionKind:
    """A section of the record: field, field number, full name of its message, and the service that publishes it."""

    field: str
    number: int
    message: str
    service: str


KINDS = (
    SectionKind("client", 1, "sote.client.v1.ClientSection", "client"),
    SectionKind("plan", 2, "sote.careplan.v1.PlanSection", "careplan"),
    SectionKind("vouchers", 3, "sote.voucher.v1.VoucherSection", "voucher"),
    SectionKind("finance", 4, "sote.voucher.v1.FinanceSection", "voucher"),
    SectionKind("packages", 5, "sote.package.v1.PackageSection", "package"),
    SectionKind("chains", 12, "sote.careplan.v1.ChainSection", "careplan"),
)
BY_MESSAGE: Mapping[str, SectionKind] = {kind.message: kind for kind in KINDS}


@dataclass(frozen=True)
class Copy:
    """A section of one client at one version; `part` is the record's serialised field, tag and length included."""

    version: int
    as_of: datetime
    part: bytes
    providers: frozenset[UUID]


@dataclass(frozen=True)
class Answer:
    """What a service said when it was asked now: its sections by message name, or why there is no answer."""

    sections: Mapping[str, Copy]
    failure: str = ""


@dataclass(frozen=True)
class Part:
    """A section as a record shows it."""

    kind: SectionKind
    status: SectionStatus
    reason: str = ""
    copy: Copy | None = None


def part_of(kind: SectionKind, *, readable: bool, stored: Copy | None, answer: Answer | None, needed: int) -> Part:
    """How it stands with a section, from the stored copy and what its service said, if it was asked.

    `needed` is the version the caller must see at least (0: any). A copy that a silent service leaves us with is STALE;
    nothing is ever left out without a word.
    """
    if not readable:
        return Part(kind, SectionStatus.WITHHELD)
    if answer is not None and answer.failure:
        status = SectionStatus.STALE if stored else SectionStatus.UNAVAILABLE
        return Part(kind, status, answer.failure, stored)
    # The answer is the service's truth, but the bus may have been quicker than the answer.
    answered = answer.sections.get(kind.message) if answer is not None else stored
    copy = stored if answered and stored and stored.version > answered.version else answered
    if copy is None:
        missing = needed > 0
        status = SectionStatus.UNAVAILABLE if missing else SectionStatus.NOT_APPLICABLE
        return Part(kind, status, "MIN_VERSION_NOT_REACHED" if missing else "")
    if copy.version < needed:
        return Part(kind, SectionStatus.STALE, "MIN_VERSION_NOT_REACHED", copy)
    return Part(kind, SectionStatus.COMPLETE, "", copy)


def services_to_ask(
    stored: Mapping[str, Copy], needed: Mapping[str, int], *, readable: frozenset[str], fresh: bool
) -> frozenset[str]:
    """The services to ask now: with `fresh` all whose sections the caller may read, else those with copies too old.

    `stored` and `needed` go by message name.
    """
    asked = set()
    for kind in KINDS:
        held = stored.get(kind.message)
        behind = needed.get(kind.message, 0) > (held.version if held else 0)
        if kind.message in readable and (fresh or behind):
            asked.add(kind.service)
    return frozenset(asked)


def is_degraded(parts: Mapping[str, SectionStatus]) -> bool:
    """Whether something that should be there is missing or old."""
    return any(status in {SectionStatus.STALE, SectionStatus.UNAVAILABLE} for status in parts.values())
