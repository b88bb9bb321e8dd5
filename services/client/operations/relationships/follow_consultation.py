"""S1.42: a provider that is asked about a plan has a relationship with its client while consulting goes on."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.inbox import NotYet
from services.client.domain.relationships.relationship import RelationshipKind, Tie
from services.client.operations.clients.client import load_client_of_fact
from services.client.operations.relationships.relationship import reconcile_relationships
from services.client.storage import relationships


def follow_consultation(
    session: Session, *, client_id: UUID, plan_id: UUID, provider_id: UUID, now: datetime, new_id: Callable[[], UUID]
) -> None:
    """Open the relationship of the provider asked; when consulting is over by now, it comes too late to matter."""
    client = load_client_of_fact(session, client_id)
    consulting = relationships.is_consulting(session, plan_id)
    if consulting is None:
        raise NotYet("the plan of this consultation is not known here yet")
    if not consulting:
        return
    held = {relationship.tie for relationship in relationships.held(session, plan_id)}
    reconcile_relationships(
        session,
        client=client,
        source_id=plan_id,
        ties=held | {Tie(RelationshipKind.CONSULTATION, provider_id)},
        source_over=False,
        now=now,
        new_id=new_id,
    )
