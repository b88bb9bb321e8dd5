"""What searches for another provider say."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from services.chassis.bus import handles
from services.client.operations.guidance.follow_search import follow_search
from services.client.operations.relationships.follow_source import follow_source
from services.client.wire.guidance import cause_of, needs_support
from services.client.wire.relationships.sources import search_ties
from sote.careplan.v1 import events_pb2 as careplan


class Searches:
    """The support that clients are to be given in choosing again (PROCESS-C5), and the relationship of the former
    provider until it has handed over (PROCESS-C8).
    """

    @handles(careplan.RerouteOpened, careplan.RerouteStays, careplan.RerouteClosed)
    def on_search(
        self,
        session: Session,
        event: careplan.RerouteOpened | careplan.RerouteStays | careplan.RerouteClosed,
        now: datetime,
    ) -> None:
        """A search begins or is over: for the former provider, too."""
        facts = event.reroute_case
        follow_source(
            session,
            client_id=UUID(facts.client_id),
            source_id=UUID(facts.reroute_case_id),
            ties=search_ties(facts),
            version=facts.version,
            now=now,
            new_id=uuid4,
        )
        _follow_support(session, facts, now)

    @handles(careplan.RerouteGuided, careplan.RerouteChosen, careplan.RerouteCountyTakesOver)
    def on_search_supported(
        self,
        session: Session,
        event: careplan.RerouteGuided | careplan.RerouteChosen | careplan.RerouteCountyTakesOver,
        now: datetime,
    ) -> None:
        """The client was guided, chose, or is looked after by the county."""
        _follow_support(session, event.reroute_case, now)


def _follow_support(session: Session, facts: careplan.RerouteCaseFacts, now: datetime) -> None:
    follow_search(
        session,
        case_id=UUID(facts.reroute_case_id),
        client_id=UUID(facts.client_id),
        support_due=needs_support(facts),
        cause=cause_of(facts),
        version=facts.version,
        now=now,
    )
