"""Refreshes a client's section of the integrated record; the last step of every operation that touches a client."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.sections import publish_section
from services.client.storage import assessments, choices, contacts, decisions, representatives
from services.client.storage.clients import client as clients
from services.client.storage.guidance import guidance
from services.client.wire.section import client_section
from sote.client.v1.section_pb2 import ClientSection

NEWEST = 50
"""So many decisions, guidance records and contacts the record shows; the rest is asked from this service."""


def publish_client(session: Session, client_id: UUID, now: datetime) -> None:
    """Publish the client's section as it is after this transaction's changes."""

    def section() -> ClientSection:
        completed = assessments.completed(session, client_id)
        return client_section(
            clients.get_client(session, client_id),
            latest=completed[0] if completed else None,
            under_way=assessments.under_way(session, client_id),
            decisions=decisions.newest_of(session, client_id, NEWEST),
            guidance=guidance.newest_of(session, client_id, NEWEST),
            contacts=contacts.newest_of(session, client_id, NEWEST),
            choices=choices.in_force(session, client_id).values(),
            representatives=representatives.in_force(session, client_id),
        )

    publish_section(session, client_id=client_id, section=section, now=now)
