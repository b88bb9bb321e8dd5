"""Plans as their service tells them, as far as flags follow from them."""

from typing import Any
from uuid import UUID

from sote.careplan.v1 import events_pb2 as careplan

IN_FORCE = frozenset({careplan.PLAN_STATUS_ACTIVE, careplan.PLAN_STATUS_UNDER_REVIEW})
OVER = frozenset({careplan.PLAN_SERVICE_STATUS_COMPLETED, careplan.PLAN_SERVICE_STATUS_CANCELLED})


def services_told(facts: careplan.PlanFacts) -> dict[str, Any]:
    """The services of a plan in force, as keyword arguments of `count_plan_services`."""
    in_force = facts.status in IN_FORCE
    return {
        "client_id": UUID(facts.client_id),
        "plan_id": UUID(facts.plan_id),
        "service_codes": {one.service_code for one in facts.services if in_force and one.status not in OVER},
        "version": facts.version,
    }
