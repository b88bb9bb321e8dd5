"""Which services of a plan flags follow from."""

from sote.careplan.v1 import events_pb2 as careplan
from sote.careplan.v1 import plan_pb2

IN_FORCE = frozenset({plan_pb2.PLAN_STATE_ACTIVE, plan_pb2.PLAN_STATE_UNDER_REVIEW})
OVER = frozenset({plan_pb2.PLAN_SERVICE_STATE_COMPLETED, plan_pb2.PLAN_SERVICE_STATE_CANCELLED})


def services_in_force(facts: careplan.PlanFacts) -> set[str]:
    """The codes of a plan's services in force; none of a plan that is not."""
    if facts.state not in IN_FORCE:
        return set()
    return {service.service_code for service in facts.services if service.state not in OVER}
