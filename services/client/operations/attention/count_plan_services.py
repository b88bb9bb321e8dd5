"""ATTENTION-2: the services of a plan in force count for the flag WIDE_RANGE."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.client.operations.attention.derivation import derive_wide_range
from services.client.operations.clients.client import load_client_of_fact
from services.client.operations.clients.publish_client import publish_client
from services.client.storage.attention import plan as plans


def count_plan_services(
    session: Session, *, client_id: UUID, plan_id: UUID, service_codes: Collection[str], version: int, now: datetime
) -> None:
    """Keep which services the plan has in force; the client's flag follows them and is lifted with them."""
    client = load_client_of_fact(session, client_id)
    taken = plans.store(session, plan_id=plan_id, client_id=client.id, service_codes=service_codes, version=version)
    if taken and derive_wide_range(session, client, now=now):
        publish_client(session, client.id, now)
