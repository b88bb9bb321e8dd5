"""When a special act asks for a section of a plan, as dated rules (S2.15)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from services.careplan.domain.plans.content import Content
from services.careplan.domain.plans.refusals import StatutorySectionMissing
from services.careplan.domain.rules import StatutoryRule


def on_statutes(
    draft: Content, done: Collection[UUID], tasks: Mapping[str, str], rules: Iterable[StatutoryRule], today: date
) -> Content:
    """The draft with the acts its sections rest on; refuses one without a section, or a part of one, that is asked for.

    Only services that go on ask; a section that is not asked for may be in the plan all the same (S2.15).
    """
    going_on = [line for line in draft.services if line.plan_service_id not in done]
    draft = replace(draft, statutory_sections=tuple(section.resting() for section in draft.statutory_sections))
    for rule in rules:
        asking = [line for line in going_on if rule.asks_for(line.service_code, tasks.get(line.service_code, ""))]
        if not asking or not rule.in_force(today):
            continue
        section = draft.statutory_section(rule.kind)
        lacking = rule.required if section is None else section.lacks(rule.required)
        if section is None or lacking:
            raise StatutorySectionMissing(
                f"a planned service asks for the section {rule.kind} with {', '.join(lacking)}", rule.legal_basis
            )
        draft = draft.with_section(section.resting(rule.legal_basis, tuple(line.plan_service_id for line in asking)))
    return draft
