"""When a special act asks for a section of a plan, as dated rules (S2.15)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.careplan.domain.content import Content, ServiceLine
from services.careplan.domain.statutory import StatutoryKind
from services.careplan.domain.statutory_refusals import StatutorySectionMissing


@dataclass(frozen=True)
class StatutoryRule:
    """One row of the reference table: services of these tasks, or these services, ask for the section."""

    kind: StatutoryKind
    tasks: tuple[str, ...]
    services: tuple[str, ...]
    required: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    legal_basis: str
    source: str

    def in_force(self, day: date) -> bool:
        """Whether the rule is in force on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def asked_by(self, lines: Iterable[ServiceLine], tasks: Mapping[str, str]) -> tuple[UUID, ...]:
        """The planned services that ask for the section; `tasks` tells the service task of each service."""
        return tuple(
            line.plan_service_id
            for line in lines
            if line.service_code in self.services or tasks.get(line.service_code, "") in self.tasks
        )


def on_statutes(
    draft: Content, done: Collection[UUID], tasks: Mapping[str, str], rules: Iterable[StatutoryRule], today: date
) -> Content:
    """The draft with the acts its sections rest on; refuses one without a section, or a part of one, that is asked for.

    Only services that go on ask; a section that nobody asks for may stand in the plan all the same (S2.15).
    """
    going_on = [line for line in draft.services if line.plan_service_id not in done]
    draft = replace(draft, statutory_sections=tuple(one.resting() for one in draft.statutory_sections))
    for rule in rules:
        asking = rule.asked_by(going_on, tasks) if rule.in_force(today) else ()
        if not asking:
            continue
        section = draft.statutory_section(rule.kind)
        lacking = rule.required if section is None else section.lacks(rule.required)
        if section is None or lacking:
            told = f"a planned service asks for the section {rule.kind} with {', '.join(lacking)}"
            raise StatutorySectionMissing(told, rule.legal_basis)
        draft = draft.with_section(section.resting(rule.legal_basis, asking))
    return draft
