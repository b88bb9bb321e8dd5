"""What searches for another provider tell."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from services.chassis.bus import handles
from services.client.operations.guidance.follow_search import follow_search
from services.client.operations.relationships.follow_source import follow_source
from services.client.wire.guidance import support_told
from services.client.wire.relationships.sources import search_told
from sote.careplan.v1 import events_pb2 as careplan


class Searches:
    """The support that clients are to be given in choosing again (PROCESS-C5), and the relationship of the former
    provider until it has handed over (PROCESS-C8).
    """

    def _follow_search(self, session: Session, facts: careplan.RerouteCaseFacts, now: datetime) -> None:
        follow_source(session, **search_told(facts), now=now, new_id=uuid4)
        self._follow_support(session, facts, now)

    def _follow_support(self, session: Session, facts: careplan.RerouteCaseFacts, now: datetime) -> None:
        follow_search(session, **support_told(facts), now=now)

    @handles(careplan.RerouteOpened)
    def on_reroute_opened(self, session: Session, event: careplan.RerouteOpened, now: datetime) -> None:
        """PROCESS-C5, S1.42."""
        self._follow_search(session, event.reroute_case, now)

    @handles(careplan.RerouteGuided)
    def on_reroute_guided(self, session: Session, event: careplan.RerouteGuided, now: datetime) -> None:
        """PROCESS-C5."""
        self._follow_support(session, event.reroute_case, now)

    @handles(careplan.RerouteChosen)
    def on_reroute_chosen(self, session: Session, event: careplan.RerouteChosen, now: datetime) -> None:
        """PROCESS-C5."""
        self._follow_support(session, event.reroute_case, now)

    @handles(careplan.RerouteCountyTakesOver)
    def on_reroute_county_takes_over(
        self, session: Session, event: careplan.RerouteCountyTakesOver, now: datetime
    ) -> None:
        """PROCESS-C5."""
        self._follow_support(session, event.reroute_case, now)

    @handles(careplan.RerouteStays)
    def on_reroute_stays(self, session: Session, event: careplan.RerouteStays, now: datetime) -> None:
        """PROCESS-C5, S1.42."""
        self._follow_search(session, event.reroute_case, now)

    @handles(careplan.RerouteClosed)
    def on_reroute_closed(self, session: Session, event: careplan.RerouteClosed, now: datetime) -> None:
        """PROCESS-C5, S1.42."""
        self._follow_search(session, event.reroute_case, now)
