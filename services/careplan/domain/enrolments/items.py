"""How the items of an enrolment come to stand in a plan, as new lines or as links, and leave it
(PROCESS-B3, S1.09, ENROLMENT-7)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from services.careplan.domain.neighbours.copies import EnrolmentItem
from services.careplan.domain.plans.content import Content, ServiceLine
from services.careplan.domain.plans.line_rules import Wish
from services.careplan.domain.plans.refusals import ArrangementNotAllowed


def wish_of(item: EnrolmentItem) -> Wish:
    """An item of a package as a service line asked for; refuses one whose arrangement this release does not know."""
    if item.arrangement is None:
        raise ArrangementNotAllowed(f"the item {item.item_code} is arranged in a way that is not known here")
    return Wish(
        service_code=item.service_code,
        arrangement=item.arrangement,
        units=item.units,
        from_date=item.from_date,
        to_date=item.to_date,
        provider_id=item.provider_id,
        unit=item.unit,
        modes=item.modes,
    )


def equal_line(draft: Content, item: EnrolmentItem, enrolment_id: UUID, done: Iterable[UUID]) -> ServiceLine | None:
    """The line the item already has, or the equal service it is linked to instead of a duplicate."""
    for line in draft.services:
        if (line.enrolment_id, line.item_code) == (enrolment_id, item.item_code):
            return line
    wish, over = wish_of(item), set(done)
    for line in draft.services:
        free = line.enrolment_id is None and line.plan_service_id not in over
        if free and line.units == item.units and wish.equals(line):
            return line
    return None


def with_items(draft: Content, enrolment_id: UUID, lines: Mapping[str, ServiceLine]) -> Content:
    """The draft with these lines, each bearing the enrolment and its item code."""
    for item_code, line in lines.items():
        draft = draft.with_line(replace(line, enrolment_id=enrolment_id, item_code=item_code))
    return draft


def without_items(draft: Content, enrolment_id: UUID, linked: Collection[UUID], held: Collection[UUID]) -> Content:
    """The draft without what came with the enrolment; what was `linked` to it loses the link, what is `held` stays."""
    lines = []
    for line in draft.services:
        if line.plan_service_id in linked:
            lines.append(replace(line, enrolment_id=None, item_code=""))
        elif line.enrolment_id != enrolment_id or line.plan_service_id in held:
            lines.append(line)
    return replace(draft, services=tuple(lines))
