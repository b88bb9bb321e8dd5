"""What the client service listens to, by neighbour, and what it does by the clock."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.bus import OutboxRelay, every
from services.client.bus.deliveries import Deliveries
from services.client.bus.enrolments import Enrolments
from services.client.bus.plans import Chains, Plans
from services.client.bus.providers import Providers
from services.client.bus.searches import Searches
from services.client.bus.vouchers import Vouchers
from services.client.operations.attention.forget_deliveries import forget_deliveries
from services.client.operations.attention.review_attention import review_attention
from services.client.operations.choices.end_lost_choices import end_lost_choices
from services.client.operations.deadlines.announce_deadlines import announce_deadlines
from services.client.operations.matters.mark_dormant_clients import mark_dormant_clients
from services.client.operations.non_disclosure.end_expired_orders import end_expired_orders
from services.client.operations.relationships.announce_missed import announce_missed


class ClientBus(Plans, Chains, Searches, Deliveries, Vouchers, Enrolments, Providers):
    """The bus process of this service."""

    name = "client"
    relay = OutboxRelay()
    dormant_days: int

    @every(seconds=5.0)
    def announce_deadlines(self, session: Session, now: datetime) -> None:
        """Deadlines that approach or are missed are announced, each once (ASSESSMENT-8)."""
        announce_deadlines(session, now=now)

    @every(seconds=5.0)
    def end_lost_choices(self, session: Session, now: datetime) -> None:
        """A choice does not outlive its contract (process C)."""
        end_lost_choices(session, now=now)

    @every(seconds=5.0)
    def announce_missed(self, session: Session, now: datetime) -> None:
        """Who listens since an upgrade hears what was announced before it; then there is nothing left to do."""
        announce_missed(session)

    @every(seconds=60.0)
    def forget_deliveries(self, session: Session, now: datetime) -> None:
        """S1.14: what is more than twelve months ago counts no more."""
        forget_deliveries(session, rules=self.rules, now=now)

    @every(seconds=60.0)
    def review_attention(self, session: Session, now: datetime) -> None:
        """S1.14: what is over counts no more."""
        review_attention(session, now=now)

    @every(seconds=60.0)
    def mark_dormant_clients(self, session: Session, now: datetime) -> None:
        """Clients who have had nothing open for long become dormant (CLIENT-4)."""
        mark_dormant_clients(session, days=self.dormant_days, now=now)

    @every(seconds=60.0)
    def end_expired_orders(self, session: Session, now: datetime) -> None:
        """Non-disclosure orders end after their last day (CLIENT-5)."""
        end_expired_orders(session, now=now)
