"""CLIENT-12: one person was recorded twice."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.client.domain.assessments.assessment import CancelReason
from services.client.domain.clients.client import OPEN, Client
from services.client.domain.clients.non_disclosure import NonDisclosure
from services.client.domain.rules import Rules
from services.client.operations.attention.derivation import derive_frequent_user
from services.client.operations.clients.client import announce_client
from services.client.operations.clients.publish_client import publish_client
from services.client.operations.register.departure import end_matters
from services.client.storage.attention import delivery as deliveries
from services.client.storage.clients.client import load_client
from services.client.wire.clients.facts import client_merged, client_non_disclosure_changed


def merge_client(
    session: Session, *, client_id: UUID, target_id: UUID, etag: str, rules: Rules, now: datetime
) -> Client:
    """Merge the client into the one recorded first, who has the deliveries of both from now on; both rows are locked in
    the order of their ids.
    """
    locked = {uid: load_client(session, uid) for uid in sorted({client_id, target_id})}
    client = load_client(session, client_id, etag)
    client.merge_into(locked[target_id], now)
    if client.non_disclosure and not locked[target_id].non_disclosure:
        _protect(session, locked[target_id], client.non_disclosure, now)
    end_matters(session, client, CancelReason.DUPLICATE, now)
    deliveries.give(session, client_id, target_id)
    if derive_frequent_user(session, locked[target_id], rules=rules, now=now):
        publish_client(session, target_id, now)
    return announce_client(session, client, client_merged(client), now)


def _protect(session: Session, target: Client, order: NonDisclosure, now: datetime) -> None:
    """It is the same person, so the order holds for whom they are merged into."""
    if target.state in OPEN:
        target.set_non_disclosure(order, now)
        announce_client(session, target, client_non_disclosure_changed(target), now)
