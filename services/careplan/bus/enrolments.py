"""Facts of the package service: plans take the items of enrolments, and give them back."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from services.careplan.domain.rules import Rules
from services.careplan.operations.enrolments.ask_for_items import ask_for_items
from services.careplan.operations.enrolments.follow_enrolment import follow_enrolment
from services.careplan.wire import neighbours as wire
from services.chassis.bus import handles
from sote.package.v1 import events_pb2 as package

EnrolmentFact = (
    package.EnrolmentProposed
    | package.EnrolmentAccepted
    | package.EnrolmentActivated
    | package.EnrolmentFailed
    | package.EnrolmentCompleted
    | package.EnrolmentWithdrawn
    | package.EnrolmentCancelled
)
ENROLMENT_FACTS: tuple[type[EnrolmentFact], ...] = (
    package.EnrolmentProposed,
    package.EnrolmentAccepted,
    package.EnrolmentActivated,
    package.EnrolmentFailed,
    package.EnrolmentCompleted,
    package.EnrolmentWithdrawn,
    package.EnrolmentCancelled,
)


class Enrolments:
    """Facts of the package service."""

    rules: Rules

    @handles(package.EnrolmentExpanding)
    def on_enrolment_expanding(self, session: Session, event: package.EnrolmentExpanding, now: datetime) -> None:
        ask_for_items(session, enrolment=wire.enrolment(event.enrolment), rules=self.rules, now=now, new_id=uuid4)

    @handles(*ENROLMENT_FACTS)
    def on_enrolment(self, session: Session, event: EnrolmentFact, now: datetime) -> None:
        follow_enrolment(session, enrolment=wire.enrolment(event.enrolment), rules=self.rules, now=now, new_id=uuid4)
