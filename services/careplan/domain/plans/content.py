"""What a plan says: goals and service lines as immutable values, for drafts and for versions alike."""

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from services.careplan.domain.plans.refusals import ScaleInvalid
from services.careplan.domain.plans.statutory import Plain, StatutorySection, sections_from_plain, sections_to_plain
from services.careplan.domain.terms import StatutoryKind
from services.kernel.care import Arrangement, CareUnit, DeliveryMode, NeedDomain

LOWEST, HIGHEST = -2, 2


@dataclass(frozen=True)
class Goal:
    """An aim of the client, measured on the five steps of goal attainment (-2 to +2)."""

    goal_id: UUID
    text: str
    needs: tuple[NeedDomain, ...]
    baseline: int
    target: int

    def __post_init__(self) -> None:
        """Refuse steps outside the scale."""
        if not all(LOWEST <= step <= HIGHEST for step in (self.baseline, self.target)):
            raise ScaleInvalid(
                f"baseline {self.baseline} and target {self.target} are not both steps from {LOWEST} to {HIGHEST}"
            )


_TERMS = (
    "plan_service_id",
    "service_code",
    "arrangement",
    "units",
    "unit",
    "from_date",
    "to_date",
    "provider_id",
    "unit_id",
    "frequency",
    "modes",
    "mode_text",
)


@dataclass(frozen=True)
class ServiceLine:
    """One service of a plan: what, how much, when, by whom and how; `units` 0 means not counted."""

    plan_service_id: UUID
    service_code: str
    arrangement: Arrangement
    units: int
    unit: CareUnit
    from_date: date
    to_date: date
    provider_id: UUID | None = None
    unit_id: UUID | None = None
    contract_id: UUID | None = None
    frequency: str = ""
    modes: tuple[DeliveryMode, ...] = ()
    mode_text: str = ""
    goal_ids: tuple[UUID, ...] = ()
    enrolment_id: UUID | None = None
    item_code: str = ""
    sensitive: bool = False

    def terms(self) -> Plain:
        """What a provider is asked about and promises to follow; links, goals and the contract are not part of it."""
        plain = line_to_plain(self)
        return {name: plain[name] for name in _TERMS}


@dataclass(frozen=True)
class Content:
    """Everything a version of a plan says."""

    goals: tuple[Goal, ...] = ()
    services: tuple[ServiceLine, ...] = ()
    client_view: str = ""
    statutory_sections: tuple[StatutorySection, ...] = ()

    def line(self, plan_service_id: UUID) -> ServiceLine | None:
        """The line with this id, if there is one."""
        return next((line for line in self.services if line.plan_service_id == plan_service_id), None)

    def with_line(self, line: ServiceLine) -> "Content":
        """The same with `line` put in: in place of the one with its id, or last."""
        if self.line(line.plan_service_id) is None:
            return replace(self, services=(*self.services, line))
        put = tuple(line if other.plan_service_id == line.plan_service_id else other for other in self.services)
        return replace(self, services=put)

    def with_goal(self, goal: Goal) -> "Content":
        """The same with `goal` put in: in place of the one with its id, or last."""
        if all(each.goal_id != goal.goal_id for each in self.goals):
            return replace(self, goals=(*self.goals, goal))
        return replace(self, goals=tuple(goal if each.goal_id == goal.goal_id else each for each in self.goals))

    def statutory_section(self, kind: StatutoryKind) -> StatutorySection | None:
        """The section of this kind, if there is one."""
        return next((section for section in self.statutory_sections if section.kind is kind), None)

    def with_section(self, section: StatutorySection) -> "Content":
        """The same with `section` in place of the one of its kind, if there was one."""
        others = [each for each in self.statutory_sections if each.kind is not section.kind]
        return replace(self, statutory_sections=tuple(sorted((*others, section), key=lambda each: each.kind)))

    def parts(self, operator: UUID) -> dict[UUID, "Part"]:
        """The part of each provider other than the operator, in the order in which they first appear."""
        found: dict[UUID, list[ServiceLine]] = {}
        for line in self.services:
            if line.provider_id is not None and line.provider_id != operator:
                found.setdefault(line.provider_id, []).append(line)
        return {provider: Part(tuple(lines)) for provider, lines in found.items()}


@dataclass(frozen=True)
class Part:
    """The services of one provider in a plan."""

    lines: tuple[ServiceLine, ...]
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        """Compute the digest: equal digests are equal terms, in whatever order the lines are."""
        terms = sorted((line.terms() for line in self.lines), key=lambda term: str(term["plan_service_id"]))
        object.__setattr__(self, "digest", digest_of(terms))

    def counted(self, done: Collection[UUID] = ()) -> bool:
        """Whether a quantity is granted: at least one line, of a service that is not `done`, has units."""
        return any(line.units > 0 and line.plan_service_id not in done for line in self.lines)


def digest_of(plain: object) -> str:
    """SHA-256, hexadecimal, of a plain value in its one canonical JSON form."""
    return hashlib.sha256(json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def content_to_plain(content: Content) -> Plain:
    """The content as JSON values; what says nothing is left out, so that digests of before the sections hold."""
    plain: Plain = {
        "goals": [goal_to_plain(goal) for goal in content.goals],
        "services": [line_to_plain(line) for line in content.services],
        "client_view": content.client_view,
    }
    if content.statutory_sections:
        plain["statutory_sections"] = sections_to_plain(content.statutory_sections)
    return plain


def content_from_plain(plain: Plain) -> Content:
    """The content that `content_to_plain` wrote."""
    return Content(
        goals_from_plain(plain["goals"]),
        lines_from_plain(plain["services"]),
        plain["client_view"],
        sections_from_plain(plain.get("statutory_sections", ())),
    )


def goal_to_plain(goal: Goal) -> Plain:
    """A goal as JSON values."""
    return {
        "goal_id": str(goal.goal_id),
        "text": goal.text,
        "needs": list(goal.needs),
        "baseline": goal.baseline,
        "target": goal.target,
    }


def goals_from_plain(plain: Iterable[Plain]) -> tuple[Goal, ...]:
    """The goals that `goal_to_plain` wrote."""
    return tuple(
        Goal(
            UUID(each["goal_id"]),
            each["text"],
            tuple(NeedDomain(need) for need in each["needs"]),
            each["baseline"],
            each["target"],
        )
        for each in plain
    )


def line_to_plain(line: ServiceLine) -> Plain:
    """A service line as JSON values."""
    return {
        "plan_service_id": str(line.plan_service_id),
        "service_code": line.service_code,
        "arrangement": line.arrangement.value,
        "units": line.units,
        "unit": line.unit.value,
        "from_date": line.from_date.isoformat(),
        "to_date": line.to_date.isoformat(),
        "provider_id": _text(line.provider_id),
        "unit_id": _text(line.unit_id),
        "contract_id": _text(line.contract_id),
        "frequency": line.frequency,
        "modes": [mode.value for mode in line.modes],
        "mode_text": line.mode_text,
        "goal_ids": [str(goal_id) for goal_id in line.goal_ids],
        "enrolment_id": _text(line.enrolment_id),
        "item_code": line.item_code,
        "sensitive": line.sensitive,
    }


def lines_from_plain(plain: Iterable[Plain]) -> tuple[ServiceLine, ...]:
    """The service lines that `line_to_plain` wrote."""
    return tuple(
        ServiceLine(
            plan_service_id=UUID(each["plan_service_id"]),
            service_code=each["service_code"],
            arrangement=Arrangement(each["arrangement"]),
            units=each["units"],
            unit=CareUnit(each["unit"]),
            from_date=date.fromisoformat(each["from_date"]),
            to_date=date.fromisoformat(each["to_date"]),
            provider_id=_uuid(each["provider_id"]),
            unit_id=_uuid(each["unit_id"]),
            contract_id=_uuid(each["contract_id"]),
            frequency=each["frequency"],
            modes=tuple(DeliveryMode(mode) for mode in each["modes"]),
            mode_text=each["mode_text"],
            goal_ids=tuple(UUID(goal_id) for goal_id in each["goal_ids"]),
            enrolment_id=_uuid(each["enrolment_id"]),
            item_code=each["item_code"],
            sensitive=each["sensitive"],
        )
        for each in plain
    )


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def _uuid(value: str | None) -> UUID | None:
    return None if value is None else UUID(value)
