"""What this service hears, and what it does by the clock; each method names the cause and calls the effect."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.bus import OutboxRelay, every
from services.voucher.bus.clients import ClientFacts
from services.voucher.bus.enrolments import EnrolmentFacts
from services.voucher.bus.plans import PlanFacts
from services.voucher.bus.providers import ProviderFacts
from services.voucher.operations.advance_vouchers import advance_vouchers


class VoucherBus(ClientFacts, PlanFacts, ProviderFacts, EnrolmentFacts):
    """The bus process of this service; `county`, `vault` and `rules` are given by `__main__`."""

    name = "voucher"
    relay = OutboxRelay()

    @every(seconds=1.0)
    def pass_time(self, session: Session, now: datetime) -> None:
        advance_vouchers(session, now=now)
