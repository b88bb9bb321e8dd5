"""Facts of the package service."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from services.careplan.domain.rules import Rules
from services.careplan.operations.enrolments.ask_for_items import ask_for_items
from services.careplan.operations.enrolments.follow_enrolment import follow_enrolment
from services.careplan.wire import neighbours as wire
from services.chassis.bus import handles
from sote.package.v1 import events_pb2 as package


class Enrolments:
    """Facts of the package service."""

    rules: Rules

    def _follow_enrolment(self, session: Session, facts: package.EnrolmentFacts, now: datetime) -> None:
        follow_enrolment(session, enrolment=wire.enrolment(facts), rules=self.rules, now=now, new_id=uuid4)

    @handles(package.EnrolmentExpanding)
    def on_enrolment_expanding(self, session: Session, event: package.EnrolmentExpanding, now: datetime) -> None:
        ask_for_items(session, enrolment=wire.enrolment(event.enrolment), rules=self.rules, now=now, new_id=uuid4)

    @handles(package.EnrolmentProposed)
    def on_enrolment_proposed(self, session: Session, event: package.EnrolmentProposed, now: datetime) -> None:
        self._follow_enrolment(session, event.enrolment, now)

    @handles(package.EnrolmentAccepted)
    def on_enrolment_accepted(self, session: Session, event: package.EnrolmentAccepted, now: datetime) -> None:
        self._follow_enrolment(session, event.enrolment, now)

    @handles(package.EnrolmentActivated)
    def on_enrolment_activated(self, session: Session, event: package.EnrolmentActivated, now: datetime) -> None:
        self._follow_enrolment(session, event.enrolment, now)

    @handles(package.EnrolmentFailed)
    def on_enrolment_failed(self, session: Session, event: package.EnrolmentFailed, now: datetime) -> None:
        self._follow_enrolment(session, event.enrolment, now)

    @handles(package.EnrolmentCompleted)
    def on_enrolment_completed(self, session: Session, event: package.EnrolmentCompleted, now: datetime) -> None:
        self._follow_enrolment(session, event.enrolment, now)

    @handles(package.EnrolmentWithdrawn)
    def on_enrolment_withdrawn(self, session: Session, event: package.EnrolmentWithdrawn, now: datetime) -> None:
        self._follow_enrolment(session, event.enrolment, now)

    @handles(package.EnrolmentCancelled)
    def on_enrolment_cancelled(self, session: Session, event: package.EnrolmentCancelled, now: datetime) -> None:
        self._follow_enrolment(session, event.enrolment, now)
