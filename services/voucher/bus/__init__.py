"""What this service hears, and what it does by the clock; each method names the cause and calls the effect."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.bus import OutboxRelay, every
from services.voucher.bus import gauges
from services.voucher.bus.access import Access
from services.voucher.bus.clients import Clients
from services.voucher.bus.enrolments import Enrolments
from services.voucher.bus.plans import Plans
from services.voucher.bus.providers import Providers
from services.voucher.domain.rules import Rules
from services.voucher.operations.changes.advance_vouchers import advance_vouchers
from services.voucher.operations.choices.remind_choices import remind_choices
from services.voucher.operations.outlook.carry_over import carry_over
from services.voucher.operations.spending.pay_capitation import pay_capitation
from services.voucher.operations.vouchers.discard_old_drafts import discard_old_drafts
from services.voucher.views.outlook.spending_report import open_outlooks


class VoucherBus(Access, Clients, Plans, Providers, Enrolments):
    """The bus process of this service; `county`, `vault` and `rules` are given by `__main__`."""

    name = "voucher"
    relay = OutboxRelay()
    rules: Rules

    @every(seconds=1.0)
    def pass_time(self, session: Session, now: datetime) -> None:
        """Vouchers whose next day has come are accepted too late, expired, closed or settled."""
        advance_vouchers(session, now=now)

    @every(seconds=5.0)
    def carry_over(self, session: Session, now: datetime) -> None:
        """What is still bound on a closed year moves to the next one (BUDGET-14)."""
        carry_over(session, now=now)

    @every(seconds=30.0)
    def show_budget(self, session: Session, now: datetime) -> None:
        """The gauges of budget lines follow the ledger (M-C5)."""
        gauges.show(open_outlooks(session, now))

    @every(seconds=60.0)
    def pay_capitation(self, session: Session, now: datetime) -> None:
        """Direct-choice providers are paid for each month that is over (PAYMENT-3)."""
        pay_capitation(session, county=self.county, prices=self.rules.capitation, now=now)

    @every(seconds=10.0)
    def look_after_the_waiting(self, session: Session, now: datetime) -> None:
        """Drafts that nobody issued are discarded, and clients who have not chosen yet are to be reminded."""
        discard_old_drafts(session, rules=self.rules, now=now)
        remind_choices(session, rules=self.rules, now=now)
