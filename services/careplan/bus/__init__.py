"""The bus process of care plans: the facts it handles, and its timers."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from services.careplan.bus.access import AccessFacts
from services.careplan.bus.clients import Clients
from services.careplan.bus.enrolments import Enrolments
from services.careplan.bus.providers import Providers
from services.careplan.bus.publishing import Publishing
from services.careplan.bus.vouchers import Vouchers
from services.careplan.domain.rules import Rules
from services.careplan.operations.acknowledgements.pass_acknowledgements_due import pass_acknowledgements_due
from services.careplan.operations.chains.pass_chain_steps_due import pass_chain_steps_due
from services.careplan.operations.consultations.time_out_consultations import time_out_consultations
from services.careplan.operations.deadlines.warn_of_deadlines import warn_of_deadlines
from services.careplan.operations.enrolments.plan_waiting_items import plan_waiting_items
from services.careplan.operations.searches.pass_reroutes_due import close_handed_over, pass_reroutes_due
from services.careplan.operations.searches.reroute_lost_services import reroute_lost_services
from services.careplan.operations.searches.return_services import return_services
from services.careplan.operations.transfers.take_over_plans import take_over_plans
from services.chassis.bus import OutboxRelay, every


class CareplanBus(AccessFacts, Clients, Providers, Vouchers, Enrolments, Publishing):
    """The bus process: sends what the outbox holds, listens, keeps the deadlines, and publishes."""

    relay = OutboxRelay()
    rules: Rules

    @every(seconds=5.0)
    def time_out_consultations(self, session: Session, now: datetime) -> None:
        """No answer in time counts as consulted (PLAN-18)."""
        time_out_consultations(session, now=now)

    @every(seconds=5.0)
    def pass_acknowledgements_due(self, session: Session, now: datetime) -> None:
        """What was not acknowledged in time is overdue (PLAN-18)."""
        pass_acknowledgements_due(session, now=now)

    @every(seconds=5.0)
    def pass_chain_steps_due(self, session: Session, now: datetime) -> None:
        """Chain steps that were not answered in time are overdue (CHAIN-9)."""
        pass_chain_steps_due(session, now=now)

    @every(seconds=5.0)
    def warn_of_deadlines(self, session: Session, now: datetime) -> None:
        """Days that approach, and days that passed (PLAN-18)."""
        warn_of_deadlines(session, rules=self.rules, now=now)

    @every(seconds=5.0)
    def follow_contracts(self, session: Session, now: datetime) -> None:
        """Planned services leave contracts that no longer carry them (PROCESS-C3)."""
        reroute_lost_services(session, rules=self.rules, now=now, new_id=uuid4)

    @every(seconds=5.0)
    def return_services(self, session: Session, now: datetime) -> None:
        """They return to a contract that carries them again before anybody else was found (PROCESS-C9)."""
        return_services(session, rules=self.rules, now=now, new_id=uuid4)

    @every(seconds=5.0)
    def pass_reroutes_due(self, session: Session, now: datetime) -> None:
        """Searches for another provider that took too long are overdue (PROCESS-C5)."""
        pass_reroutes_due(session, now=now)

    @every(seconds=60.0)
    def close_handed_over(self, session: Session, now: datetime) -> None:
        """Resolved searches are closed when the handover is over (PROCESS-C8)."""
        close_handed_over(session, now=now)

    @every(seconds=5.0)
    def take_over_plans(self, session: Session, now: datetime) -> None:
        """Plans of centres whose contract is over pass to the county enterprise (PROCESS-C10)."""
        take_over_plans(session, rules=self.rules, now=now, new_id=uuid4)

    @every(seconds=1.0)
    def plan_waiting_items(self, session: Session, now: datetime) -> None:
        """Enrolments that wait for a plan are tried again (PROCESS-5)."""
        plan_waiting_items(session, rules=self.rules, now=now, new_id=uuid4)
