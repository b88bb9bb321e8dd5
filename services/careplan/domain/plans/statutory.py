"""What special acts ask a plan to hold: typed sections of the one plan, each with named contents (S2.15)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from services.careplan.domain.terms import StatutoryKind

Plain = dict[str, Any]
"""A value of the domain as JSON values."""


@dataclass(frozen=True)
class StatutorySection:
    """One section: its contents by name, those that are written, in the order of their names.

    What it rests on, an act and the planned services that ask for it, is noted when it comes into force.
    """

    kind: StatutoryKind
    contents: tuple[tuple[str, str], ...]
    legal_basis: str = ""
    plan_service_ids: tuple[UUID, ...] = ()

    def resting(self, legal_basis: str = "", services: tuple[UUID, ...] = ()) -> "StatutorySection":
        """The same, resting on this act for these planned services, or on none."""
        return replace(self, legal_basis=legal_basis, plan_service_ids=services)

    def lacks(self, names: Iterable[str]) -> list[str]:
        """Which of these contents are not written."""
        written = {name for name, text in self.contents if text.strip()}
        return [name for name in names if name not in written]


def statutory_section(kind: StatutoryKind, contents: Mapping[str, str]) -> StatutorySection:
    """The section with these contents."""
    return StatutorySection(kind, tuple(sorted((name, text) for name, text in contents.items() if text)))


def sections_to_plain(sections: Iterable[StatutorySection]) -> list[Plain]:
    """The sections as JSON values."""
    return [
        {
            "kind": section.kind.value,
            "contents": dict(section.contents),
            "legal_basis": section.legal_basis,
            "plan_service_ids": [str(uid) for uid in section.plan_service_ids],
        }
        for section in sections
    ]


def sections_from_plain(plain: Iterable[Plain]) -> tuple[StatutorySection, ...]:
    """The sections that `sections_to_plain` wrote."""
    return tuple(
        replace(
            statutory_section(StatutoryKind(each["kind"]), each["contents"]),
            legal_basis=each["legal_basis"],
            plan_service_ids=tuple(UUID(uid) for uid in each["plan_service_ids"]),
        )
        for each in plain
    )
