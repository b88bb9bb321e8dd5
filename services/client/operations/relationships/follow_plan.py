"""S1.42: what a plan means for the relationships of its operator and its providers."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.client.domain.relationships.sources import PlanCopy, ties_of_plan
from services.client.operations.clients.client import load_client_of_fact
from services.client.operations.relationships.relationship import reconcile_relationships
from services.client.storage import relationships


def follow_plan(
    session: Session, *, client_id: UUID, plan: PlanCopy, version: int, now: datetime, new_id: Callable[[], UUID]
) -> None:
    """The newest state of a plan decides; one that was overtaken changes nothing."""
    client = load_client_of_fact(session, client_id)
    if not relationships.store_source(session, plan.plan_id, version=version, consulting=plan.consulting):
        return
    reconcile_relationships(
        session,
        client=client,
        source_id=plan.plan_id,
        ties=ties_of_plan(plan, [relationship.tie for relationship in relationships.held(session, plan.plan_id)]),
        source_over=plan.over,
        now=now,
        new_id=new_id,
    )
