"""ATTENTION-1: deliveries older than twelve months are forgotten, and the flags that rested on them are lifted."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.client.domain.attention import window_begin
from services.client.domain.rules import Rules
from services.client.operations.attention.derivation import derive_frequent_user
from services.client.operations.clients.publish_client import publish_client
from services.client.storage.attention import delivery as deliveries
from services.client.storage.clients.client import load_client

AT_ONCE = 50
"""So many clients one round of the timer looks after."""


def forget_deliveries(session: Session, *, rules: Rules, now: datetime) -> None:
    """Forget what no longer counts, client by client."""
    until = window_begin(helsinki_date(now))
    for client_id in deliveries.owners_of_old(session, until, AT_ONCE):
        client = load_client(session, client_id)
        deliveries.forget(session, client_id, until)
        if derive_frequent_user(session, client, rules=rules, now=now):
            publish_client(session, client_id, now)
