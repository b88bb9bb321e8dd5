"""S1.42: what a voucher, a search or a referral means for relationships."""

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.client.domain.relationships.relationship import Tie
from services.client.operations.clients.client import load_client_of_fact
from services.client.operations.relationships.relationship import reconcile_relationships
from services.client.storage import relationships


def follow_source(
    session: Session,
    *,
    client_id: UUID,
    source_id: UUID,
    ties: Collection[Tie],
    version: int,
    now: datetime,
    new_id: Callable[[], UUID],
) -> None:
    """The newest state of the source decides; one that was overtaken changes nothing."""
    client = load_client_of_fact(session, client_id)
    if relationships.store_source(session, source_id, version=version):
        reconcile_relationships(
            session, client=client, source_id=source_id, ties=ties, source_over=not ties, now=now, new_id=new_id
        )
