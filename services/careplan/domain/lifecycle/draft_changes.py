"""What is put in a draft and removed from it in one edit."""

from dataclasses import dataclass
from uuid import UUID

from services.careplan.domain.plans.content import Goal
from services.careplan.domain.plans.line_rules import Wish
from services.careplan.domain.plans.statutory import StatutorySection
from services.careplan.domain.terms import StatutoryKind


@dataclass(frozen=True)
class DraftChanges:
    """Goals, services and statutory sections to put and to remove; no client's view leaves the one that is there."""

    put_goals: tuple[Goal, ...] = ()
    remove_goals: tuple[UUID, ...] = ()
    put_services: tuple[Wish, ...] = ()
    remove_services: tuple[UUID, ...] = ()
    client_view: str | None = None
    put_sections: tuple[StatutorySection, ...] = ()
    remove_sections: tuple[StatutoryKind, ...] = ()
