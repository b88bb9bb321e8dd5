"""What this service does by the clock and sends; it listens to nobody yet."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.bus import OutboxRelay, every
from services.provider.domain.rules import Rules
from services.provider.operations.advance_contracts import advance_contracts
from services.provider.operations.expire_sanctions import expire_sanctions
from services.provider.operations.watch_evidence import watch_evidence


class ProviderBus:
    """The bus process of this service; `rules` are given by `__main__`."""

    name = "provider"
    relay = OutboxRelay()
    rules: Rules

    @every(seconds=2.0)
    def pass_time(self, session: Session, now: datetime) -> None:
        """K4, K8, K9, K11."""
        advance_contracts(session, rules=self.rules, now=now)

    @every(seconds=2.0)
    def end_sanctions(self, session: Session, now: datetime) -> None:
        """3.6."""
        expire_sanctions(session, now=now)

    @every(seconds=2.0)
    def check_evidence(self, session: Session, now: datetime) -> None:
        """K5, K11."""
        watch_evidence(session, rules=self.rules, now=now)
