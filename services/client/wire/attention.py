"""Plans as their service tells them, as far as flags follow from them."""

from typing import Any
from uuid import UUID

from sote.careplan.v1 import events_pb2 as careplan
from sote.careplan.v1 import plan_pb2

IN_FORCE = frozenset({plan_pb2.PLAN_STATE_ACTIVE, plan_pb2.PLAN_STATE_UNDER_REVIEW})
OVER = frozenset({plan_pb2.PLAN_SERVICE_STATE_COMPLETED, plan_pb2.PLAN_SERVICE_STATE_CANCELLED})


def services_told(facts: careplan.PlanFacts) -> dict[str, Any]:
    """The services of a plan in force, as keyword arguments of `count_plan_services`."""
    in_force = facts.state in IN_FORCE
    return {
        "client_id": UUID(facts.client_id),
        "plan_id": UUID(facts.plan_id),
        "service_codes": {one.service_code for one in facts.services if in_force and one.state not in OVER},
        "version": facts.version,
    }
