"""What enrolments in packages tell."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.bus import handles
from services.client.operations.matters.record_matter import record_matter
from services.client.wire.matters import enrolment_matter
from sote.package.v1 import events_pb2 as package


class Enrolments:
    """Enrolments: matters that open and close."""

    @handles(package.EnrolmentProposed)
    def on_enrolment_proposed(self, session: Session, event: package.EnrolmentProposed, now: datetime) -> None:
        """CLIENT-3."""
        record_matter(session, **enrolment_matter(event.enrolment, is_open=True), now=now)

    @handles(package.EnrolmentCompleted)
    def on_enrolment_completed(self, session: Session, event: package.EnrolmentCompleted, now: datetime) -> None:
        """CLIENT-4."""
        record_matter(session, **enrolment_matter(event.enrolment, is_open=False), now=now)

    @handles(package.EnrolmentFailed)
    def on_enrolment_failed(self, session: Session, event: package.EnrolmentFailed, now: datetime) -> None:
        """CLIENT-4."""
        record_matter(session, **enrolment_matter(event.enrolment, is_open=False), now=now)

    @handles(package.EnrolmentWithdrawn)
    def on_enrolment_withdrawn(self, session: Session, event: package.EnrolmentWithdrawn, now: datetime) -> None:
        """CLIENT-4."""
        record_matter(session, **enrolment_matter(event.enrolment, is_open=False), now=now)

    @handles(package.EnrolmentCancelled)
    def on_enrolment_cancelled(self, session: Session, event: package.EnrolmentCancelled, now: datetime) -> None:
        """CLIENT-4."""
        record_matter(session, **enrolment_matter(event.enrolment, is_open=False), now=now)
