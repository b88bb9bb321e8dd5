"""What another provider may see of a plan: every row, but not what a sensitive one is (DESIGN-6, ACCESS-4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from services.careplan.domain.plans.content import ServiceLine


@dataclass(frozen=True)
class Mask:
    """What `reader`, neither the operator nor the county, may not see: these services, and who delivers only them."""

    reader: UUID
    services: frozenset[UUID]
    providers: frozenset[UUID]


def mask_for(reader: UUID, lines: Iterable[ServiceLine], tasks: Mapping[str, str]) -> Mask:
    """The mask of a reader for these lines, of the version in force and of the draft alike.

    A sensitive service is seen by who delivers it, by who has a service of the same task, and by who has one that
    serves the same goal; `tasks` maps each service to its service task.
    """
    lines = list(lines)
    own = [line for line in lines if line.provider_id == reader]
    own_goals = {goal_id for line in own for goal_id in line.goal_ids}
    own_tasks = {tasks[line.service_code] for line in own if tasks.get(line.service_code)}
    seen = {line.plan_service_id for line in own}
    hidden = {
        line.plan_service_id
        for line in lines
        if line.sensitive
        and line.plan_service_id not in seen
        and own_goals.isdisjoint(line.goal_ids)
        and tasks.get(line.service_code) not in own_tasks
    }
    known = {line.provider_id for line in lines if line.plan_service_id not in hidden}
    unseen = {line.provider_id for line in lines if line.provider_id is not None and line.provider_id not in known}
    return Mask(reader, frozenset(hidden), frozenset(unseen))
