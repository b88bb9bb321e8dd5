"""What searches for another provider tell."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from services.chassis.bus import handles
from services.client.operations.follow_sources import follow_source
from services.client.wire.ties import search_told
from sote.careplan.v1 import events_pb2 as careplan


class Searches:
    """Searches: the relationship of the provider left, until it has handed over (C8)."""

    def _follow_search(self, session: Session, facts: careplan.RerouteCaseFacts, now: datetime) -> None:
        follow_source(session, **search_told(facts), now=now, new_id=uuid4)

    @handles(careplan.RerouteOpened)
    def on_reroute_opened(self, session: Session, event: careplan.RerouteOpened, now: datetime) -> None:
        """S1.42."""
        self._follow_search(session, event.reroute_case, now)

    @handles(careplan.RerouteStays)
    def on_reroute_stays(self, session: Session, event: careplan.RerouteStays, now: datetime) -> None:
        """S1.42."""
        self._follow_search(session, event.reroute_case, now)

    @handles(careplan.RerouteClosed)
    def on_reroute_closed(self, session: Session, event: careplan.RerouteClosed, now: datetime) -> None:
        """S1.42."""
        self._follow_search(session, event.reroute_case, now)
