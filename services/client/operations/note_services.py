"""2.8.1: the services of a plan in force count for the flag WIDE_RANGE."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.client.operations.derive_attention import derive_wide_range
from services.client.operations.heard_client import heard_client
from services.client.operations.publish_client import publish_client
from services.client.storage import plans


def note_services(
    session: Session, *, client_id: UUID, plan_id: UUID, service_codes: Collection[str], version: int, now: datetime
) -> None:
    """Keep which services the plan has in force; the client's flag follows them and is lifted with them."""
    client = heard_client(session, client_id)
    taken = plans.store(session, plan_id=plan_id, client_id=client.id, service_codes=service_codes, version=version)
    if taken and derive_wide_range(session, client, now=now):
        publish_client(session, client.id, now)
