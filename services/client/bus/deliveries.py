"""What deliveries say."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.bus import handles
from services.chassis.values import day_of
from services.client.domain.rules import Rules
from services.client.operations.attention.count_delivery import count_delivery
from services.client.operations.deadlines.reach_by_delivery import reach_by_delivery
from sote.careplan.v1 import events_pb2 as careplan


class Deliveries:
    """Deliveries: who is served often, and what was given in time."""

    rules: Rules

    @handles(careplan.DeliveryRecorded)
    def on_delivery_recorded(self, session: Session, event: careplan.DeliveryRecorded, now: datetime) -> None:
        """S1.14, and what limits wait for (LIMIT-11)."""
        day = day_of(event.service_date, "service_date")
        client_id = UUID(event.client_id)
        if event.conforms:
            reach_by_delivery(session, client_id=client_id, service_code=event.service_code, service_date=day, now=now)
        count_delivery(
            session,
            client_id=client_id,
            delivery_id=UUID(event.delivery_id),
            service_date=day,
            rules=self.rules,
            now=now,
        )
