"""What the client service tells of access: whom organisations may touch, and whose whereabouts are kept."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.bus import handles
from services.chassis.relationships import keep_non_disclosure, keep_relationship
from sote.client.v1 import events_pb2 as client


class Access:
    """Copies that the doors of this service ask."""

    @handles(client.RelationshipOpened, client.RelationshipClosed)
    def on_relationship(
        self, session: Session, event: client.RelationshipOpened | client.RelationshipClosed, now: datetime
    ) -> None:
        keep_relationship(session, event.relationship)

    @handles(client.ClientNonDisclosureChanged)
    def on_non_disclosure_changed(
        self, session: Session, event: client.ClientNonDisclosureChanged, now: datetime
    ) -> None:
        keep_non_disclosure(session, event)
