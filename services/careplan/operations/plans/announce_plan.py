"""Announcing a fact about a plan with the plan's next fact version (INV-21)."""

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.careplan.domain.plans.plan import Plan
from services.careplan.wire.facts import plan_facts
from services.chassis.outbox import announce


def announce_plan(session: Session, plan: Plan, fact: Message, *, with_planned: bool = False) -> None:
    """Announce `fact` of the plan; a fact that carries the plan gets the plan as it is now.

    Facts of one plan are numbered one by one and sent in that order, so a listener can tell a missing one.
    """
    plan.fact_version += 1
    if "plan" in fact.DESCRIPTOR.fields_by_name:
        fact.plan.CopyFrom(plan_facts(plan, with_planned=with_planned))  # type: ignore[attr-defined]
    announce(session, fact, aggregate="plans", aggregate_id=plan.id, version=plan.fact_version)
