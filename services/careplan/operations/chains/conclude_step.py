"""The end of every change of a chain step: another etag, its fact, its deadline, and the section shows it."""

from datetime import datetime

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.careplan.domain.chains.chain_step import ChainStep
from services.careplan.operations.chains.publish_chain_section import publish_chain_section
from services.careplan.operations.deadlines.follow_deadlines import follow_deadlines
from services.careplan.wire.chains import chain_step_facts
from services.chassis.outbox import announce


def conclude_step(session: Session, step: ChainStep, fact: Message | None, *, now: datetime) -> ChainStep:
    """Mark the step changed, announce `fact` with the step as it is now, publish the section; gives the step."""
    step.version += 1
    step.updated_at = now
    if fact is not None:
        step.fact_version += 1
        fact.step.CopyFrom(chain_step_facts(step))  # type: ignore[attr-defined]
        # Full states with versions: a listener that sees a gap knows that a fact is on its way.
        announce(session, fact, aggregate="chain_steps", aggregate_id=step.id, version=step.fact_version)
        follow_deadlines(
            session,
            owner_id=step.id,
            client_id=step.client_id,
            plan_id=step.plan_id,
            waits=step.waits,
            now=now,
        )
        publish_chain_section(session, client_id=step.client_id, now=now)
    return step
