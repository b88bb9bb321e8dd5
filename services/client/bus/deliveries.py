"""What deliveries tell."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.bus import handles
from services.chassis.values import day_of
from services.client.domain.rules import Rules
from services.client.operations.count_delivery import count_delivery
from sote.careplan.v1 import events_pb2 as careplan


class Deliveries:
    """Deliveries: who is served often."""

    rules: Rules

    @handles(careplan.DeliveryRecorded)
    def on_delivery_recorded(self, session: Session, event: careplan.DeliveryRecorded, now: datetime) -> None:
        """S1.14."""
        count_delivery(
            session,
            client_id=UUID(event.client_id),
            delivery_id=UUID(event.delivery_id),
            service_date=day_of(event.service_date, "service_date"),
            rules=self.rules,
            now=now,
        )
